using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Mailboxes.Health;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Mailboxes;

/// <summary>Reads mailboxes and their status.</summary>
public sealed class MailboxDirectory(IDbContextFactory<HelpdeskDb> contexts, StorageTroubles storage)
{
    /// <summary>All mailboxes by name; <paramref name="text"/> filters name, address, host and queue.</summary>
    public async Task<IReadOnlyList<MailboxRow>> ListAsync(string? text = null, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var rows = Rows(db, db.Mailboxes);
        if (!string.IsNullOrWhiteSpace(text))
        {
            var words = text.Trim();
            rows = Rows(db, db.Mailboxes.Where(mailbox =>
                TextSearch.Contains(mailbox.Name, words) || TextSearch.Contains(mailbox.Address, words) || TextSearch.Contains(mailbox.Host, words)
                || db.Queues.Any(queue => queue.Id == mailbox.QueueId && TextSearch.Contains(queue.Name, words))));
        }
        return [.. (await rows.ToListAsync(cancel)).Select(AsItIs).OrderBy(row => row.Name, ByName.Comparer)];
    }

    public async Task<MailboxRow?> GetAsync(long id, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await Rows(db, db.Mailboxes.Where(mailbox => mailbox.Id == id)).FirstOrDefaultAsync(cancel) is { } row ? AsItIs(row) : null;
    }

    /// <summary>Every field of all mailboxes, or of one, by name.</summary>
    /// <param name="id">Null: all.</param>
    public async Task<IReadOnlyList<FullMailbox>> FullAsync(long? id, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var all = await db.Mailboxes.AsNoTracking().Where(mailbox => id == null || mailbox.Id == id).OrderBy(mailbox => mailbox.Name)
            .Select(mailbox => new FullMailbox(
                mailbox,
                mailbox.Status,
                db.Queues.Where(queue => queue.Id == mailbox.QueueId).Select(queue => queue.Name).First(),
                db.OutboundAccounts.Where(account => account.Id == mailbox.ReplyViaId).Select(account => account.Name).FirstOrDefault()))
            .ToListAsync(cancel);
        foreach (var mailbox in all) storage.Over(mailbox.Status);
        return all;
    }

    public async Task<MailboxDraft?> DraftAsync(long id, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var mailbox = await db.Mailboxes.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel);
        return mailbox is null ? null : MailboxDraft.Of(mailbox);
    }

    /// <summary>A new mailbox for another folder of this one's account.</summary>
    public async Task<MailboxDraft?> AnotherFolderAsync(long id, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var mailbox = await db.Mailboxes.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel);
        return mailbox is null ? null : MailboxDraft.AnotherFolderOf(mailbox);
    }

    /// <summary>How many mailboxes are in error now; the navigation bar shows it.</summary>
    public async Task<int> InErrorAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var unwritten = storage.Mailboxes.ToArray();
        // The streak and not the state: a mailbox in trouble that is being tried again is "working" and still in trouble.
        return await db.Mailboxes.CountAsync(mailbox => mailbox.Validity == Validity.Valid && (mailbox.Status.ErrorStreak > 0 || EF.Parameter(unwritten).Contains(mailbox.Id)), cancel);
    }

    /// <summary>Valid mailboxes of which this process could not even take down that they failed.</summary>
    public async Task<int> UnwrittenAsync(CancellationToken cancel = default)
    {
        if (storage.Mailboxes.ToArray() is not { Length: > 0 } unwritten) return 0;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Mailboxes.CountAsync(mailbox => mailbox.Validity == Validity.Valid && EF.Parameter(unwritten).Contains(mailbox.Id), cancel);
    }

    /// <summary>What a fetch of everything takes, the valid mailboxes by name; or the one of this name, valid or not.</summary>
    public async Task<IReadOnlyList<NamedMailbox>> ToFetchAsync(string? name, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var all = await db.Mailboxes.Select(mailbox => new { mailbox.Id, mailbox.Name, mailbox.Validity }).ToListAsync(cancel);
        return [.. all.Where(row => name is null ? row.Validity == Validity.Valid : row.Name == name).Select(row => new NamedMailbox(row.Id, row.Name)).OrderBy(row => row.Name, ByName.Comparer)];
    }

    /// <summary>Mailboxes that are fetched on an interval: the valid ones.</summary>
    public async Task<IReadOnlyList<ScheduledMailbox>> ScheduledAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Mailboxes.Where(mailbox => mailbox.Validity == Validity.Valid)
            .Select(mailbox => new ScheduledMailbox(mailbox.Id, mailbox.Name, mailbox.IntervalMinutes, mailbox.Status.LastFetchAt)).ToListAsync(cancel);
    }

    /// <summary>Whether any mailbox holds new mail as contact requests.</summary>
    public async Task<bool> AnyHoldsAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Mailboxes.AnyAsync(mailbox => mailbox.HoldAsContactRequests, cancel);
    }

    private MailboxRow AsItIs(MailboxRow row) => row with { Status = storage.Over(row.Status) };

    private static IQueryable<MailboxRow> Rows(HelpdeskDb db, IQueryable<Mailbox> mailboxes) =>
        from mailbox in mailboxes.AsNoTracking()
        join queue in db.Queues on mailbox.QueueId equals queue.Id
        join account in db.OutboundAccounts on mailbox.ReplyViaId equals account.Id into accounts
        from account in accounts.DefaultIfEmpty()
        select new MailboxRow(
            mailbox.Id, mailbox.Name, mailbox.Address, mailbox.Protocol, mailbox.Host, mailbox.Port, mailbox.Encryption, queue.Name, queue.Color,
            account == null ? null : account.Name, mailbox.Validity, mailbox.IntervalMinutes, mailbox.Status);
}
