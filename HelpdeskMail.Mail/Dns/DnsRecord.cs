using System.Net;

namespace HelpdeskMail.Mail.Dns;

/// <summary>A resource record. Names are lower case, without the final dot; the root itself is "".</summary>
/// <param name="Name">Whose record it is.</param>
/// <param name="TimeToLive">How long it may be remembered.</param>
public abstract record DnsRecord(string Name, TimeSpan TimeToLive)
{
    /// <summary>A and AAAA.</summary>
    public sealed record Address(string Name, TimeSpan TimeToLive, IPAddress Value) : DnsRecord(Name, TimeToLive);

    /// <summary>The name is another name for <paramref name="Target"/>.</summary>
    public sealed record CName(string Name, TimeSpan TimeToLive, string Target) : DnsRecord(Name, TimeToLive);

    /// <summary>A host that takes the domain's mail; the lowest preference first. Exchange "": the domain takes none (RFC 7505).</summary>
    public sealed record Mx(string Name, TimeSpan TimeToLive, int Preference, string Exchange) : DnsRecord(Name, TimeToLive);

    /// <summary>Where a service is (RFC 2782): the lowest priority first. Target "": the service is decidedly not available.</summary>
    public sealed record Srv(string Name, TimeSpan TimeToLive, int Priority, int Weight, int Port, string Target) : DnsRecord(Name, TimeToLive);

    /// <summary>The strings put together, as SPF and DKIM want them (RFC 7208 §3.3); bytes beyond ASCII as Latin-1.</summary>
    public sealed record Txt(string Name, TimeSpan TimeToLive, string Text) : DnsRecord(Name, TimeToLive);
}
