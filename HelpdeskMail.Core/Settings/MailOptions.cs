namespace HelpdeskMail.Core.Settings;

/// <summary>The section "Mail" of the application settings.</summary>
public sealed class MailOptions
{
    /// <summary>Ports that mailboxes may use (V3); "110, 143, 993, 995" by default, a comma-separated list of ports and ranges.</summary>
    public PortList AllowedPorts { get; set; } = PortList.Default;

    public long MaxMessageBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>Up to this somebody may let in a mail that is larger than <see cref="MaxMessageBytes"/>.</summary>
    public const long LargestByHand = 256L * 1024 * 1024;
}
