using HelpdeskMail.Core.Keys;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Mail.Transport.Sasl;

namespace HelpdeskMail.Core.Fetching;

/// <summary>Makes the source that fits a mailbox's protocol. Not yet connected: <see cref="IMailSource.OpenAsync"/> does that.</summary>
public sealed class MailSources(SecretProtector secrets, MailOptions options, TimeProvider time)
{
    /// <exception cref="MailSourceException">The saved password can't be decrypted any more.</exception>
    public IMailSource For(Mailbox mailbox)
    {
        var password = secrets.Unprotect(mailbox.ProtectedPassword)
            ?? throw new MailSourceException(MailboxErrorKind.AuthenticationFailed, "No password is saved for this mailbox, or the key that protects it is gone. Enter it again.", server: null);
        var credentials = new MailCredentials.Password(mailbox.UserName, password);
        var transport = new TransportOptions { Time = time, MaxMessageBytes = Math.Max(options.MaxMessageBytes, MailOptions.LargestByHand) };
        return mailbox.Protocol switch
        {
            MailboxProtocol.Imap => new ImapMailSource(mailbox, credentials, transport),
            MailboxProtocol.Pop3 => new Pop3MailSource(mailbox, credentials, transport),
            _ => throw new ArgumentOutOfRangeException(nameof(mailbox), mailbox.Protocol, "Unknown protocol."),
        };
    }
}
