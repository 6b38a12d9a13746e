using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Fetching.Push;

/// <summary>A mailbox that is to be watched, and who does now.</summary>
internal sealed record WatchableMailbox(long Id, ConnectionKey Key, string? Owner, DateTime? Until);

/// <summary>What watchers read and write: which mailboxes want one, which process has which, and how each stands. One watcher per mailbox, cluster-wide;
/// should a process be stopped for minutes and go on, there may be two for a moment, which does no harm: fetches have a lease of their own.</summary>
internal sealed class WatchRows(IDbContextFactory<HelpdeskDb> contexts, LiveUpdates live, TimeProvider time)
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(2);

    private readonly string owner = LeaseOwner.New();

    public async Task<List<WatchableMailbox>> WantedAsync(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var mailboxes = await db.Mailboxes.AsNoTracking().Include(mailbox => mailbox.Status)
            .Where(mailbox => mailbox.Validity == Validity.Valid && mailbox.Push && mailbox.Protocol == MailboxProtocol.Imap).OrderBy(mailbox => mailbox.Id).ToListAsync(cancel);
        return mailboxes.ConvertAll(mailbox => new WatchableMailbox(mailbox.Id, ConnectionKey.Of(mailbox), mailbox.Status.WatchOwner, mailbox.Status.WatchUntil));
    }

    /// <summary>Valid mailboxes that work, and those in trouble.</summary>
    public async Task<(int Ok, int Error)> CountAsync(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var counts = await db.Mailboxes.Where(mailbox => mailbox.Validity == Validity.Valid).GroupBy(mailbox => mailbox.Status.ErrorStreak > 0).Select(group => new { InError = group.Key, Count = group.Count() }).ToListAsync(cancel);
        return (counts.Where(row => !row.InError).Sum(row => row.Count), counts.Where(row => row.InError).Sum(row => row.Count));
    }

    public bool IsMine(WatchableMailbox mailbox) => mailbox.Owner == owner;

    /// <summary>Keeps what this process has: one statement, however many mailboxes it watches.</summary>
    public async Task RenewAsync(CancellationToken cancel)
    {
        var until = Now + Length;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await db.MailboxStatuses.Where(status => status.WatchOwner == owner).ExecuteUpdateAsync(set => set.SetProperty(status => status.WatchUntil, until), cancel);
    }

    /// <summary>False: another process watches it.</summary>
    public async Task<bool> TakeAsync(WatchableMailbox mailbox, CancellationToken cancel)
    {
        var (now, until) = (Now, Now + Length);
        if (mailbox.Owner is { } other && other != owner && mailbox.Until > now && !LeaseOwner.IsGone(other)) return false;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.MailboxStatuses.Where(status => status.MailboxId == mailbox.Id && (status.WatchOwner == null || status.WatchOwner == mailbox.Owner)).ExecuteUpdateAsync(
            set => set.SetProperty(status => status.WatchOwner, owner).SetProperty(status => status.WatchUntil, until)
                .SetProperty(status => status.Push, PushState.None).SetProperty(status => status.PushSince, now).SetProperty(status => status.PushRetryAt, (DateTime?)null),
            cancel) == 1;
    }

    public Task ReleaseAsync(IReadOnlyCollection<long> mailboxIds, CancellationToken cancel)
    {
        var ids = mailboxIds.ToArray();
        return ChangeAsync(db => db.MailboxStatuses.Where(status => status.WatchOwner == owner && EF.Parameter(ids).Contains(status.MailboxId)).ExecuteUpdateAsync(
            set => set.SetProperty(status => status.WatchOwner, (string?)null).SetProperty(status => status.WatchUntil, (DateTime?)null)
                .SetProperty(status => status.Push, PushState.None).SetProperty(status => status.PushSince, (DateTime?)null).SetProperty(status => status.PushRetryAt, (DateTime?)null),
            cancel), cancel);
    }

    public Task TellAsync(long mailboxId, PushState state, DateTime? retryAt, CancellationToken cancel)
    {
        var now = Now;
        return ChangeAsync(db => db.MailboxStatuses.Where(status => status.MailboxId == mailboxId && status.WatchOwner == owner).ExecuteUpdateAsync(
            set => set.SetProperty(status => status.Push, state).SetProperty(status => status.PushSince, now).SetProperty(status => status.PushRetryAt, retryAt), cancel), cancel);
    }

    public async Task<DateTime?> RestsUntilAsync(long mailboxId, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.MailboxStatuses.Where(status => status.MailboxId == mailboxId).Select(status => status.NextAttemptAt).FirstOrDefaultAsync(cancel);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task ChangeAsync(Func<HelpdeskDb, Task<int>> change, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using (var transaction = await db.Database.BeginTransactionAsync(cancel))
        {
            if (await change(db) == 0) return;
            await CounterRow.BumpChangesAsync(db, cancel);
            await transaction.CommitAsync(cancel);
        }
        live.Publish(LiveTopic.Mailboxes);
    }
}
