using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Quarantine;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Fetching;

/// <summary>A ledger row whose message is to be fetched or acknowledged.</summary>
/// <param name="AllowedBytes">It was held back and somebody asks for it again: up to so many bytes. Null for any other.</param>
/// <param name="Backlog">See <see cref="LedgerEntry.Backlog"/>.</param>
internal sealed record PendingEntry(long Id, string Identity, long Size, DateTime? ReceivedAt = null, long? AllowedBytes = null, bool Backlog = false);

/// <summary>What the ledger says is still to do for a mailbox, page by page, and how it ended. Works the same whether this fetch listed the
/// messages or one that died.</summary>
internal sealed class LedgerPending(IDbContextFactory<HelpdeskDb> contexts, WriteGate gate, DeferredSync sync, TimeProvider time, long maxBytes)
{
    public const int PageSize = 2000;

    public async Task<List<PendingEntry>> PageAsync(long mailboxId, LedgerState state, long after, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Ledger.Where(entry => entry.MailboxId == mailboxId && entry.State == state && entry.Reason == null && entry.Id > after).OrderBy(entry => entry.Id).Take(PageSize)
            .Select(entry => new PendingEntry(entry.Id, entry.Identity, entry.Size, entry.ReceivedAt, entry.AllowedBytes, entry.Backlog)).ToListAsync(cancel);
    }

    /// <summary>The newest row of any mailbox; 0 where there is none.</summary>
    public async Task<long> LastAsync(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Ledger.OrderByDescending(entry => entry.Id).Select(entry => entry.Id).FirstOrDefaultAsync(cancel);
    }

    /// <summary>Takes down what was done to the server's copies. Doesn't wait for the disk: what is done twice does nothing the second time.</summary>
    public async Task<int> AcknowledgedAsync(long mailboxId, IEnumerable<long> ids, string? reason, LedgerPlace place, CancellationToken cancel)
    {
        var (done, now) = (ids.ToArray(), time.GetUtcNow().UtcDateTime);
        if (done.Length == 0) return 0;
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await sync.BeginAsync(db, cancel);
        var count = await db.Ledger.Where(entry => EF.Parameter(done).Contains(entry.Id) && entry.State == LedgerState.Decided).ExecuteUpdateAsync(
            set => set.SetProperty(entry => entry.State, LedgerState.Acknowledged).SetProperty(entry => entry.AcknowledgedAt, now).SetProperty(entry => entry.Reason, reason)
                .SetProperty(entry => entry.Place, place),
            cancel);
        if (place == LedgerPlace.Archive)
            await db.MailboxStatuses.Where(status => status.MailboxId == mailboxId).ExecuteUpdateAsync(set => set.SetProperty(status => status.InArchive, status => status.InArchive + count), cancel);
        await transaction.CommitAsync(cancel);
        return count;
    }

    /// <summary>Ends rows whose message never came: only those that are still merely seen.</summary>
    public async Task<int> EndAsync(IEnumerable<long> ids, LedgerState state, string reason, string? detail, CancellationToken cancel)
    {
        var (ended, now) = (ids.ToArray(), time.GetUtcNow().UtcDateTime);
        if (ended.Length == 0) return 0;
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var count = await db.Ledger.Where(entry => EF.Parameter(ended).Contains(entry.Id) && entry.State == LedgerState.Seen).ExecuteUpdateAsync(
            set => set.SetProperty(entry => entry.State, state).SetProperty(entry => entry.Reason, reason).SetProperty(entry => entry.Detail, detail), cancel);
        if (state == LedgerState.Quarantined) await QuarantineRegister.HeldBackAsync(db, ended, maxBytes, now, cancel);
        else await QuarantineRegister.GoneAsync(db, ended, now, cancel);
        await transaction.CommitAsync(cancel);
        return count;
    }
}
