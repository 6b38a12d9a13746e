using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Fetching.Push;

/// <summary>What a kept connection was made with. Where it differs from the mailbox as it is now, the connection is of no use any more.</summary>
internal sealed record ConnectionKey(
    MailboxProtocol Protocol, string Host, int Port, Encryption Encryption, string UserName, string? ProtectedPassword, string? PinnedCertificate, string Folder, AfterFetch AfterFetch, string ArchiveFolder)
{
    public static ConnectionKey Of(Mailbox mailbox) => new(
        mailbox.Protocol, mailbox.Host, mailbox.Port, mailbox.Encryption, mailbox.UserName, mailbox.ProtectedPassword, mailbox.PinnedCertificate, mailbox.Folder, mailbox.AfterFetch, mailbox.ArchiveFolder);
}
