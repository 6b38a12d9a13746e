using System.Globalization;
using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Fetching;

/// <summary>The identity of a message in the ledger: what the source calls it, with the folder where that is not the inbox.
/// Two folders may share a UIDVALIDITY, so the folder belongs to it.</summary>
internal static class LedgerIdentity
{
    private const string Inbox = "INBOX";

    public static string Of(Mailbox mailbox, string sourceIdentity) => sourceIdentity + Suffix(mailbox);

    /// <summary>The message as the source knows it, from the ledger alone; null where the row speaks of another folder or UIDVALIDITY, or of POP3,
    /// whose numbers hold for a session only.</summary>
    public static SourceMessage? Locate(Mailbox mailbox, long validity, string identity, long size)
    {
        var suffix = Suffix(mailbox);
        if (!identity.EndsWith(suffix, StringComparison.Ordinal)) return null;
        var source = identity[..^suffix.Length];
        var colon = source.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            && long.TryParse(source.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var rowValidity) && rowValidity == validity
            && long.TryParse(source.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var uid)
            ? new SourceMessage(source, uid, size, null, false)
            : null;
    }

    /// <summary>Whether an IMAP identity speaks of the mailbox's folder, be it under another UIDVALIDITY.</summary>
    public static bool IsOfFolder(Mailbox mailbox, string identity) => identity.IndexOf('/', StringComparison.Ordinal) is var slash && (slash < 0 ? "" : identity[slash..]) == Suffix(mailbox);

    private static string Suffix(Mailbox mailbox) =>
        mailbox.Protocol == MailboxProtocol.Pop3 || mailbox.Folder.Equals(Inbox, StringComparison.OrdinalIgnoreCase) ? "" : "/" + mailbox.Folder;
}
