using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Fetching;

/// <summary>The right to work a mailbox, cluster-wide: a row update whose count decides. Renewed while held; whoever lost it can store nothing more,
/// because <see cref="FenceAsync"/> is the first statement of every such transaction.</summary>
internal sealed class MailboxLease : IAsyncDisposable
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(20);

    private readonly IDbContextFactory<HelpdeskDb> contexts;
    private readonly TimeProvider time;
    private readonly string owner;
    private readonly CancellationTokenSource stop;
    private readonly Task renewing;

    private MailboxLease(IDbContextFactory<HelpdeskDb> contexts, TimeProvider time, long mailboxId, string owner, CancellationToken cancel)
    {
        (this.contexts, this.time, this.owner) = (contexts, time, owner);
        MailboxId = mailboxId;
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        renewing = RenewAsync();
    }

    public long MailboxId { get; }

    /// <summary>Cancelled when the lease is lost or the caller gives up.</summary>
    public CancellationToken Lost => stop.Token;

    /// <summary>Null where another worker has the mailbox.</summary>
    public static async Task<MailboxLease?> TakeAsync(IDbContextFactory<HelpdeskDb> contexts, TimeProvider time, long mailboxId, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var holder = await db.MailboxStatuses.Where(status => status.MailboxId == mailboxId).Select(status => status.LeaseOwner).FirstOrDefaultAsync(cancel);
        var gone = holder is not null && LeaseOwner.IsGone(holder) ? holder : null;
        var now = time.GetUtcNow().UtcDateTime;
        var (owner, until) = (LeaseOwner.New(), now + Length);
        var taken = await db.MailboxStatuses
            .Where(status => status.MailboxId == mailboxId && (status.LeaseOwner == null || status.LeaseUntil < now || status.LeaseOwner == gone))
            .ExecuteUpdateAsync(set => set.SetProperty(status => status.LeaseOwner, owner).SetProperty(status => status.LeaseUntil, until), cancel);
        return taken == 1 ? new MailboxLease(contexts, time, mailboxId, owner, cancel) : null;
    }

    /// <summary>As <see cref="TakeAsync"/>, but waits for another worker to be done. Null: it still was not after <paramref name="patience"/>.</summary>
    public static async Task<MailboxLease?> TakeWithinAsync(IDbContextFactory<HelpdeskDb> contexts, TimeProvider time, long mailboxId, TimeSpan patience, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            if (await TakeAsync(contexts, time, mailboxId, cancel) is { } lease) return lease;
            if (time.GetElapsedTime(started) > patience) return null;
            await Task.Delay(AskAgain, time, cancel);
        }
    }

    /// <summary>Extends the lease inside a transaction; throws where it is another's by now, so that the transaction is rolled back.</summary>
    public async Task FenceAsync(HelpdeskDb db, CancellationToken cancel)
    {
        if (!await ExtendAsync(db, cancel)) throw new MailSourceException(Mailboxes.MailboxErrorKind.Other, "Another worker took the mailbox over.", server: null);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await renewing;
        stop.Dispose();
        try
        {
            await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
            await db.MailboxStatuses.Where(status => status.MailboxId == MailboxId && status.LeaseOwner == owner)
                .ExecuteUpdateAsync(set => set.SetProperty(status => status.LeaseOwner, (string?)null).SetProperty(status => status.LeaseUntil, (DateTime?)null), CancellationToken.None);
        }
        catch (Exception exception) when (DatabaseFault.IsStorage(exception))
        {
            LeaseOwner.Abandon(owner); // what the fetch died of, or comes to the same: it runs out by itself, and this process needn't wait for that
        }
    }

    private async Task<bool> ExtendAsync(HelpdeskDb db, CancellationToken cancel)
    {
        var until = time.GetUtcNow().UtcDateTime + Length;
        return await db.MailboxStatuses.Where(status => status.MailboxId == MailboxId && status.LeaseOwner == owner)
            .ExecuteUpdateAsync(set => set.SetProperty(status => status.LeaseUntil, until), cancel) == 1;
    }

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(RenewEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                if (await RenewOnceAsync()) continue;
                await stop.CancelAsync();
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // released
        }
    }

    private async Task<bool> RenewOnceAsync()
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(stop.Token);
            return await ExtendAsync(db, stop.Token);
        }
        catch (Exception exception) when (DatabaseFault.IsStorage(exception))
        {
            return true; // the next tick tries again; the fence decides in the end
        }
    }
}
