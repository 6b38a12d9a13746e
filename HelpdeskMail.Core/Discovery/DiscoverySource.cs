namespace HelpdeskMail.Core.Discovery;

/// <summary>Where a server's name came from, the surest first.</summary>
public enum DiscoverySource
{
    /// <summary>The address belongs to a provider whose servers we know.</summary>
    Preset,

    /// <summary>The domain names its servers in the DNS (RFC 6186, RFC 8314 §5.1).</summary>
    Srv,

    /// <summary>The domain publishes a file for mail programs, over HTTPS.</summary>
    Autoconfig,

    /// <summary>The domain's mail goes to a provider whose servers we know.</summary>
    Mx,
}
