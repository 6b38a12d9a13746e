using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Discovery;

/// <summary>A server that discovery proposes. Nothing was ever sent to it, no credential least of all: an administrator looks and tests first.</summary>
/// <param name="UserName">As the source says it; the whole address where it doesn't.</param>
/// <param name="Where">The record or document that names it, for people.</param>
public sealed record FoundServer(MailService Service, string Host, int Port, Encryption Encryption, string UserName, DiscoverySource Source, ServerStanding Standing, string Where)
{
    public ServerPreset Server => new(Host, Port, Encryption);
}
