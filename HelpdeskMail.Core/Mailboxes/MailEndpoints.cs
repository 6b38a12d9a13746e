using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Core.Mailboxes;

/// <summary>Our settings as the mail library wants them.</summary>
internal static class MailEndpoints
{
    public static MailEndpoint Of(string host, int port, Encryption encryption, string? pinnedCertificate) => new(host.Trim(), port, encryption switch
    {
        Encryption.None => ConnectionSecurity.None,
        Encryption.StartTls => ConnectionSecurity.StartTls,
        Encryption.Tls => ConnectionSecurity.Tls,
        _ => throw new ArgumentOutOfRangeException(nameof(encryption)),
    })
    {
        PinnedCertificate = string.IsNullOrWhiteSpace(pinnedCertificate) ? null : pinnedCertificate,
    };

    public static MailEndpoint Of(Mailbox mailbox) => Of(mailbox.Host, mailbox.Port, mailbox.Encryption, mailbox.PinnedCertificate);
}
