using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Mail.Imap;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Core.Mailboxes;

/// <summary>Whether the account may do with the open folder what the mailbox wants done with fetched mail: by the server's access rights (RFC 4314) where
/// it has them, by what it said on opening the folder where it hasn't.</summary>
/// <param name="Missing">What is not allowed and what to do; null: nothing is missing.</param>
internal sealed record FolderRights(string Text, string? Server, bool Warning, string? Missing = null)
{
    public static async Task<FolderRights> CheckAsync(ImapClient client, MailboxDraft draft, CancellationToken cancel)
    {
        var rights = await MyRightsAsync(client, draft.Folder, cancel);
        var server = rights is null ? null : $"MYRIGHTS {draft.Folder} {rights.Letters}";
        var verb = draft.AfterFetch switch { AfterFetch.Archive => "moved", AfterFetch.Delete => "deleted", _ => "marked as read" };
        var allowed = draft.AfterFetch == AfterFetch.MarkRead ? rights?.CanMarkSeen : rights?.CanDelete;
        if (allowed is false)
            return new FolderRights("", server, Warning: false, $"This account may read {draft.Folder}, but its mail can't be {verb}: the server does not grant that right. Give the account the right, or choose something else to do with fetched mail.");

        var doubt = rights is null && !Keeps(client.Selected, draft.AfterFetch == AfterFetch.MarkRead ? "\\Seen" : "\\Deleted");
        var text = rights is not null ? $"In {draft.Folder} mail may be read and {verb}."
            : doubt ? $"{draft.Folder} may be changed, but the server does not say that mail in it can be {verb}."
            : $"{draft.Folder} may be changed; the server does not tell finer rights.";
        return draft.AfterFetch == AfterFetch.Archive
            ? await WithArchiveAsync(client, draft, new FolderRights(text, server, doubt), cancel)
            : new FolderRights(text, server, doubt);
    }

    private static async Task<FolderRights> WithArchiveAsync(ImapClient client, MailboxDraft draft, FolderRights source, CancellationToken cancel)
    {
        var (name, exists) = await ArchiveFolder.FindAsync(client, draft.ArchiveFolder, cancel);
        if (!exists)
            return source with { Text = $"{source.Text} {name} is missing and will be created at the first fetch." };
        var rights = await MyRightsAsync(client, name, cancel);
        var server = rights is null ? source.Server : $"{source.Server}\nMYRIGHTS {name} {rights.Letters}".TrimStart('\n');
        return rights is { CanInsert: false }
            ? source with { Server = server, Missing = $"Fetched mail is to go to {name}, but this account may not put anything there. Give it the right, or choose another folder." }
            : source with { Text = $"{source.Text} Fetched mail goes to {name}.", Server = server };
    }

    private static bool Keeps(ImapMailbox? folder, string flag) =>
        folder is null || folder.PermanentFlags.Count == 0 || folder.PermanentFlags.Contains(flag, StringComparer.OrdinalIgnoreCase);

    /// <summary>Some servers announce ACL and refuse the question: then they are as good as without.</summary>
    private static async Task<ImapRights?> MyRightsAsync(ImapClient client, string folder, CancellationToken cancel)
    {
        try
        {
            return await client.MyRightsAsync(folder, cancel);
        }
        catch (MailRefusedException)
        {
            return null;
        }
    }
}
