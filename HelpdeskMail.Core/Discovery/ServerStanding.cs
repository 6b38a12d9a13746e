using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Discovery;

/// <summary>What speaks for a server: whoever can forge the domain's DNS could name one of his own (RFC 6186 §6).</summary>
public enum ServerStanding
{
    KnownProvider,

    /// <summary>Its name lies in the address's own domain, so that its certificate proves whose it is.</summary>
    SameDomain,

    /// <summary>Somebody else's server, for all we can tell: to be confirmed by somebody who knows.</summary>
    OtherDomain,
}

internal static class ServerStandings
{
    public static ServerStanding Of(string host, string domain) =>
        ProviderPresets.OfHost(host) is not null ? ServerStanding.KnownProvider
        : host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase) ? ServerStanding.SameDomain
        : ServerStanding.OtherDomain;
}
