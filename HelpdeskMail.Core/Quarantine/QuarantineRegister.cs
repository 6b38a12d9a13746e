using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Ingestion;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Quarantine;

/// <summary>Keeps the list of what waits in quarantine, inside the transaction that sets a mail aside or settles it. A mail has one item, however often
/// it is tried.</summary>
internal static class QuarantineRegister
{
    private const int MaxSentence = 2000;

    /// <summary>Mails that a server would not hand out, or that are too large to be taken; by their ledger rows.</summary>
    public static async Task HeldBackAsync(HelpdeskDb db, long[] entries, long maxBytes, DateTime now, CancellationToken cancel)
    {
        var rows = await db.Ledger.AsNoTracking().Where(entry => EF.Parameter(entries).Contains(entry.Id) && entry.State == LedgerState.Quarantined).ToListAsync(cancel);
        var keys = rows.Select(row => (long?)row.Id).ToArray();
        var known = await db.Quarantine.Where(item => EF.Parameter(keys).Contains(item.LedgerEntryId)).ToDictionaryAsync(item => item.LedgerEntryId!.Value, cancel);
        foreach (var row in rows)
        {
            var limit = Math.Max(maxBytes, row.AllowedBytes ?? 0);
            var sentence = row.Reason == LedgerReason.Refused
                ? $"The server would not hand it out: {row.Detail}"
                : $"The mail has {ByteSize.Of(row.Size)}; at most {ByteSize.Of(limit)} are taken. It was left on the server.";
            var item = known.GetValueOrDefault(row.Id) ?? db.Quarantine.Add(new QuarantineItem { Reason = "", LedgerEntryId = row.Id, Source = MailSourceKind.Fetch, MailboxId = row.MailboxId, Subject = row.Subject, Since = now }).Entity;
            (item.Reason, item.Size) = (row.Reason ?? LedgerReason.Refused, row.Size);
            SetAside(item, sentence, now);
        }
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    /// <summary>Held-back mails that are to be fetched again and turn out to be gone from the server.</summary>
    public static async Task GoneAsync(HelpdeskDb db, long[] entries, DateTime now, CancellationToken cancel)
    {
        var keys = entries.Select(id => (long?)id).ToArray();
        foreach (var item in await db.Quarantine.Where(item => EF.Parameter(keys).Contains(item.LedgerEntryId) && item.Open).ToListAsync(cancel))
        {
            item.Tell(now, Actor.System.Name, "It is gone from the server.");
            (item.Open, item.ClosedAt) = (false, now);
            await ForgetHeadersAsync(db, [item.LedgerEntryId!.Value], cancel);
        }
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    /// <summary>Of mails that are held back no longer.</summary>
    public static Task<int> ForgetHeadersAsync(HelpdeskDb db, long[] entries, CancellationToken cancel) =>
        db.HeldHeaders.Where(header => EF.Parameter(entries).Contains(header.LedgerEntryId)).ExecuteDeleteAsync(cancel);

    /// <summary>What was decided about a batch: sets aside, and settles what was aside.</summary>
    public static async Task DecidedAsync(HelpdeskDb db, IReadOnlyList<(IncomingMail Mail, Decision Decision)> decided, Actor by, DateTime now, CancellationToken cancel)
    {
        await StoredAsync(db, [.. decided.Select(item => item.Mail)], cancel);
        var ids = decided.Select(item => (long?)item.Mail.StoredMailId).ToArray();
        var aside = decided.Any(item => item.Decision.Kind == DecisionKind.Quarantine);
        var known = await db.Quarantine.Where(item => EF.Parameter(ids).Contains(item.StoredMailId) && (item.Open || aside)).ToDictionaryAsync(item => item.StoredMailId!.Value, cancel);
        if (known.Count == 0 && !aside) return;
        var entries = !aside ? [] : await db.Ledger.Where(entry => EF.Parameter(ids).Contains(entry.StoredMailId))
            .Select(entry => new { StoredMailId = entry.StoredMailId!.Value, entry.Id }).ToDictionaryAsync(row => row.StoredMailId, row => row.Id, cancel);
        foreach (var (mail, decision) in decided)
        {
            var item = known.GetValueOrDefault(mail.StoredMailId);
            if (decision.Kind == DecisionKind.Quarantine)
            {
                var entry = entries.TryGetValue(mail.StoredMailId, out var found) ? found : (long?)null;
                item ??= db.Quarantine.Add(New(mail, entry, now)).Entity;
                item.Reason = decision.Reason.ToString();
                SetAside(item, decision.Sentence, now);
            }
            else if (item is { Open: true })
            {
                item.Tell(now, by.Name, MailText.Clean(decision.Sentence, MaxSentence));
                (item.Open, item.ClosedAt) = (false, now);
            }
        }
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    /// <summary>Held-back mails whose bytes have come: from now on the item is the stored mail's.</summary>
    public static async Task StoredAsync(HelpdeskDb db, IReadOnlyList<IncomingMail> stored, CancellationToken cancel)
    {
        foreach (var mail in stored)
        {
            if (mail.Entry is not { AllowedBytes: not null, Id: var entry }) continue;
            var (id, size, from, subject) = (mail.StoredMailId, mail.Size, mail.Mail?.From.Address, mail.Mail?.Subject);
            await ForgetHeadersAsync(db, [entry], cancel);
            await db.Quarantine.Where(item => item.LedgerEntryId == entry).ExecuteUpdateAsync(
                set => set.SetProperty(item => item.StoredMailId, id).SetProperty(item => item.Size, size).SetProperty(item => item.Sender, from).SetProperty(item => item.Subject, subject), cancel);
        }
    }

    /// <summary>Who wrote a mail that failed, and about what: not in the transaction that sets it aside, because they may be what it failed of.</summary>
    public static async Task NameAsync(HelpdeskDb db, IncomingMail mail, CancellationToken cancel)
    {
        if (mail.Mail is not { } read) return;
        var (id, from, subject) = ((long?)mail.StoredMailId, read.From.Address, read.Subject);
        await db.Quarantine.Where(item => item.StoredMailId == id).ExecuteUpdateAsync(set => set.SetProperty(item => item.Sender, from).SetProperty(item => item.Subject, subject), cancel);
    }

    private static QuarantineItem New(IncomingMail mail, long? entry, DateTime now) => new()
    {
        Reason = "",
        StoredMailId = mail.StoredMailId,
        LedgerEntryId = entry,
        Source = mail.Source,
        MailboxId = mail.MailboxId,
        Size = mail.Size,
        Sender = mail.Mail?.From.Address,
        Subject = mail.Mail?.Subject,
        Since = now,
    };

    private static void SetAside(QuarantineItem item, string sentence, DateTime now)
    {
        item.Sentence = MailText.Clean(sentence, MaxSentence);
        item.Attempts++;
        item.Tell(now, Actor.System.Name, item.Sentence);
        (item.Open, item.ClosedAt) = (true, null);
    }
}
