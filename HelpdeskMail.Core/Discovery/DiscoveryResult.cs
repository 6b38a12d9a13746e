using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Discovery;

/// <summary>What was found for an address: for each service at most one server, from the surest source that has one.</summary>
/// <param name="Provider">The known provider among them, with its notes; null where there is none.</param>
/// <param name="Steps">Where was looked.</param>
/// <param name="NoNetwork">Nobody answered at all.</param>
/// <param name="NoSuchDomain">The name servers know of no such domain: most likely a slip of the pen.</param>
public sealed record DiscoveryResult(string Domain, IReadOnlyList<FoundServer> Servers, ProviderPreset? Provider, IReadOnlyList<DiscoveryStep> Steps, bool NoNetwork = false, bool NoSuchDomain = false)
{
    public FoundServer? this[MailService service] => Servers.FirstOrDefault(server => server.Service == service);
}
