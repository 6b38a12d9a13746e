using System.Text;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Mail.Imap;
using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Core.Mailboxes;

/// <summary>The one sure way to know: puts a mail of our own into the folder, moves it where fetched mail goes, and deletes it. It is marked as deleted from
/// its first instant, so no fetch ever takes it. Only with the administrator's consent.</summary>
internal static class RightsProbe
{
    private static readonly string[] Flags = ["\\Seen", "\\Deleted"];

    public static async Task<(string Text, string? Server, bool Warning)> RunAsync(ImapClient client, MailboxDraft draft, TimeProvider time, CancellationToken cancel)
    {
        var id = MessageId.New("probe.invalid", time);
        var mail = Encoding.ASCII.GetBytes($"From: <probe@probe.invalid>\r\nSubject: Test of rights, may be deleted\r\nMessage-ID: {id}\r\nAuto-Submitted: auto-generated\r\n\r\nThe help desk tries whether it may move and delete mail here.\r\n");
        var uid = await client.AppendAsync(draft.Folder, mail, Flags, time.GetUtcNow(), cancel) ?? await FindAsync(client, id, cancel);
        if (uid is null)
            return ($"A test mail was put into {draft.Folder}; the server removed it by itself as soon as it was marked as deleted.", null, false);

        var moved = "";
        if (draft.AfterFetch == AfterFetch.Archive && await ArchiveFolder.FindAsync(client, draft.ArchiveFolder, cancel) is (var archive, true))
        {
            await client.UidMoveAsync(UidSet.Of(uid.Value), archive, cancel);
            await client.SelectAsync(archive, cancel);
            uid = await FindAsync(client, id, cancel);
            moved = $", moved to {archive}";
        }

        var gone = uid is null || await client.UidDeleteAsync(UidSet.Of(uid.Value), cancel);
        return gone
            ? ($"A test mail was put into {draft.Folder}{moved} and deleted again.", null, false)
            : ($"A test mail was put into {draft.Folder}{moved} and marked as deleted; other mail is marked there, too, so it was left for the server to remove.", null, true);
    }

    private static async Task<uint?> FindAsync(ImapClient client, MessageId id, CancellationToken cancel)
    {
        var found = await client.UidSearchAsync(ImapSearch.Header("Message-ID", id.ToString().Trim('<', '>')), cancel);
        return found.Count > 0 ? found[^1] : null;
    }
}
