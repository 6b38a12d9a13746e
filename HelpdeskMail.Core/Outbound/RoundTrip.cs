using System.Globalization;
using System.Text;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Mail.Imap;
using HelpdeskMail.Mail.Mime;
using HelpdeskMail.Mail.Pop3;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Mail.Transport.Sasl;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Outbound;

/// <summary>Looks whether a test mail comes back: in the mailbox of ours that reads the address, or in our own store where a fetch was faster.
/// Changes nothing; the fetch recognises the mail as our own and makes no ticket of it.</summary>
public sealed class RoundTrip(IDbContextFactory<HelpdeskDb> contexts, DraftAccess access, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(6); // each look is a log-in: providers count them
    private const int NewestLookedAt = 10;
    private const int LargestTestMail = 20_000;

    /// <summary>Null: no mailbox of ours reads the address.</summary>
    public async Task<TestStep?> WaitAsync(string address, MessageId id, ProtocolTrace? trace, CancellationToken cancel)
    {
        if (await MailboxAsync(address, cancel) is not { } draft) return null;
        var started = time.GetTimestamp();
        var since = time.GetUtcNow().UtcDateTime - Patience;
        var (looked, pause) = (false, FirstPause);
        try
        {
            while (time.GetElapsedTime(started) < Patience)
            {
                if (await IsStoredAsync(draft.Id!.Value, since, id, cancel) || await IsOnServerAsync(draft, id, trace, cancel))
                    return Step(started, $"The test mail came back: it is in the mailbox {draft.Name} after {Seconds(started)} s. Sending and receiving both work.", null, warning: false);
                looked = true;
                await Task.Delay(pause, time, cancel);
                pause = pause * 1.6 < LongestPause ? pause * 1.6 : LongestPause;
            }
        }
        catch (MailException error)
        {
            return Step(started, $"Sent, but the mailbox {draft.Name} could not be looked into: {MailErrors.PlainWords(error)} Test that mailbox by itself.", MailErrors.ServerWords(error), warning: true);
        }

        return looked
            ? Step(started, $"Sent, but not in the mailbox {draft.Name} after {Patience.TotalSeconds:0} s. It may still be on its way, in the spam folder, or held back by the provider.", null, warning: true)
            : null;
    }

    private TestStep Step(long started, string text, string? server, bool warning) => new("roundtrip", Ok: true, time.GetElapsedTime(started).TotalMilliseconds, text, server, Warning: warning);

    private string Seconds(long started) => time.GetElapsedTime(started).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);

    private async Task<MailboxDraft?> MailboxAsync(string address, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var valid = await db.Mailboxes.AsNoTracking().Where(mailbox => mailbox.Validity == Validity.Valid && mailbox.ProtectedPassword != null).OrderBy(mailbox => mailbox.Id).ToListAsync(cancel);
        // The inbox before other folders of the same account.
        return valid.Where(mailbox => mailbox.Address.Equals(address, StringComparison.OrdinalIgnoreCase)).OrderByDescending(mailbox => mailbox.Folder == "INBOX").FirstOrDefault() is { } found ? MailboxDraft.Of(found) : null;
    }

    private async Task<bool> IsStoredAsync(long mailboxId, DateTime since, MessageId id, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var newest = await db.StoredMails.AsNoTracking().Where(mail => mail.MailboxId == mailboxId && mail.StoredAt >= since && mail.Size < LargestTestMail)
            .OrderByDescending(mail => mail.Id).Take(NewestLookedAt).Select(mail => mail.Raw!.Bytes).ToListAsync(cancel);
        return newest.Exists(raw => Holds(raw, id));
    }

    private async Task<bool> IsOnServerAsync(MailboxDraft draft, MessageId id, ProtocolTrace? trace, CancellationToken cancel)
    {
        if (await access.CredentialsAsync(draft, cancel) is not { } credentials) return false;
        var endpoint = MailEndpoints.Of(draft.Host, draft.Port, draft.Encryption, draft.PinnedCertificate);
        var options = new TransportOptions { Deadlines = Deadlines.Interactive, Time = time, Trace = trace };
        return draft.Protocol == MailboxProtocol.Imap
            ? await IsInFolderAsync(endpoint, options, credentials, draft.Folder, id, cancel)
            : await IsInPop3Async(endpoint, options, credentials, id, cancel);
    }

    private static async Task<bool> IsInFolderAsync(MailEndpoint endpoint, TransportOptions options, MailCredentials credentials, string folder, MessageId id, CancellationToken cancel)
    {
        await using var client = await ImapClient.ConnectAsync(endpoint, options, cancel);
        await client.LoginAsync(credentials, cancel);
        await client.IdAsync(ct: cancel);
        await client.ExamineAsync(folder, cancel);
        var found = await client.UidSearchAsync(ImapSearch.Header("Message-ID", id.ToString().Trim('<', '>')), cancel);
        await client.LogoutAsync(cancel);
        return found.Count > 0;
    }

    private static async Task<bool> IsInPop3Async(MailEndpoint endpoint, TransportOptions options, MailCredentials credentials, MessageId id, CancellationToken cancel)
    {
        await using var client = await Pop3Client.ConnectAsync(endpoint, options, cancel);
        await client.LoginAsync(credentials, cancel);
        foreach (var message in (await client.ListAsync(cancel)).OrderByDescending(message => message.Number).Take(NewestLookedAt))
        {
            if (Holds(await client.TopAsync(message.Number, 0, cancel), id)) return true;
        }

        await client.QuitAsync(cancel);
        return false;
    }

    /// <summary>Our ids are unpredictable: wherever one stands in a mail, the mail is ours.</summary>
    private static bool Holds(byte[] raw, MessageId id) => raw.AsSpan().IndexOf(Encoding.ASCII.GetBytes(id.ToString().Trim('<', '>'))) >= 0;
}
