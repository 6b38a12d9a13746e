using HelpdeskMail.Mail.Dns;

namespace HelpdeskMail.Core.Discovery;

/// <summary>All that discovery may ask of the outside world: names, and documents over HTTPS. No credential ever passes through it.
/// An interface so that tests ask servers of their own.</summary>
public interface IDiscoveryNetwork
{
    Task<DnsAnswer> QueryAsync(string name, DnsRecordType type, CancellationToken cancel);

    /// <summary>Null text: there is no such document, or it is too large. Never throws but for cancellation.</summary>
    Task<DiscoveryDocument> GetAsync(Uri url, CancellationToken cancel);
}

/// <param name="WasAnswered">Whether a web server answered at all.</param>
public sealed record DiscoveryDocument(bool WasAnswered, string? Text);
