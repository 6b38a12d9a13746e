using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Mailboxes;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Fetching;

/// <summary>Takes mail later that the first fetch left out (E5): its ledger rows become "to be fetched" again, and mail that was never listed
/// gets a row. The next fetch does the rest. Authors are told nothing unless the mailbox says so for its backlog.</summary>
public sealed class Backfill(IDbContextFactory<HelpdeskDb> contexts, WriteGate gate, MailSourceFor sources, LiveUpdates live, TimeProvider time)
{
    private const int Chunk = 1000;

    private readonly MailPreviews previews = new(sources, time);

    /// <summary>What <see cref="TakeAsync"/> would take.</summary>
    /// <param name="since">The day (UTC) on which the server received the oldest. POP3 tells no dates: there everything that was left out is taken.</param>
    public Task<PreviewResult> LookAsync(long mailboxId, DateOnly since, CancellationToken cancel = default) =>
        previews.LookAsync(token => MailboxAsync(mailboxId, token), LeftOutAsync, Query(since), cancel);

    /// <summary>Null: another worker has the mailbox.</summary>
    public async Task<BackfillResult?> TakeAsync(long mailboxId, DateOnly since, CancellationToken cancel = default)
    {
        // With the lease nobody lists the folder at the same time, and no row is made twice.
        await using var lease = await MailboxLease.TakeAsync(contexts, time, mailboxId, cancel);
        if (lease is null) return null;
        var mailbox = await MailboxAsync(mailboxId, lease.Lost);
        try
        {
            await using var source = sources(mailbox);
            await source.OpenAsync(new CommunicationLog.NoCommunication(), lease.Lost);
            var taken = await LeftOutAsync(mailbox, await source.ListAsync(Query(since), lease.Lost), lease.Lost);
            foreach (var chunk in taken.Chunk(Chunk)) await TakeAsync(mailbox, lease, chunk, lease.Lost);
            live.Publish(LiveTopic.Mailboxes);
            return new BackfillResult(taken.Count, null);
        }
        catch (MailSourceException fault)
        {
            return new BackfillResult(0, new FetchError(fault.Kind, fault.Message, fault.Server, ErrorAdvice.For(fault.Kind, mailbox.Host, fault.Server)));
        }
    }

    private static SourceQuery Query(DateOnly since) => new(Since: since.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));

    /// <summary>Left out by the first fetch, or on the server and without a row although the cursor has passed it.</summary>
    private async Task<IReadOnlyList<SourceMessage>> LeftOutAsync(Mailbox mailbox, IReadOnlyList<SourceMessage> listed, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var left = new List<SourceMessage>();
        foreach (var chunk in listed.Chunk(Chunk))
        {
            var identities = chunk.Select(message => LedgerIdentity.Of(mailbox, message.Identity)).ToArray();
            var known = await db.Ledger.AsNoTracking().Where(entry => entry.MailboxId == mailbox.Id && EF.Parameter(identities).Contains(entry.Identity))
                .Select(entry => new { entry.Identity, entry.State, entry.Reason }).ToDictionaryAsync(entry => entry.Identity, StringComparer.Ordinal, cancel);
            left.AddRange(chunk.Where(message => known.GetValueOrDefault(LedgerIdentity.Of(mailbox, message.Identity)) is { } row
                ? row is { State: LedgerState.Skipped, Reason: LedgerReason.FirstFetch }
                : mailbox.Protocol == MailboxProtocol.Imap && message.Number <= mailbox.Status.LastUid));
        }

        return left;
    }

    private async Task TakeAsync(Mailbox mailbox, MailboxLease lease, SourceMessage[] messages, CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var identities = messages.Select(message => LedgerIdentity.Of(mailbox, message.Identity)).ToArray();
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await lease.FenceAsync(db, cancel);
        await db.Ledger.Where(entry => entry.MailboxId == mailbox.Id && EF.Parameter(identities).Contains(entry.Identity) && entry.State == LedgerState.Skipped && entry.Reason == LedgerReason.FirstFetch)
            .ExecuteUpdateAsync(set => set.SetProperty(entry => entry.State, LedgerState.Seen).SetProperty(entry => entry.Reason, (string?)null).SetProperty(entry => entry.Backlog, true), cancel);
        var known = (await db.Ledger.Where(entry => entry.MailboxId == mailbox.Id && EF.Parameter(identities).Contains(entry.Identity)).Select(entry => entry.Identity).ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);
        await BulkRows.InsertAsync(db, messages.Where(message => !known.Contains(LedgerIdentity.Of(mailbox, message.Identity))).Select(message => new LedgerEntry
        {
            MailboxId = mailbox.Id,
            Identity = LedgerIdentity.Of(mailbox, message.Identity),
            State = LedgerState.Seen,
            Size = message.Size,
            ReceivedAt = message.ReceivedAt,
            SeenAt = now,
            Backlog = true,
        }).ToList(), cancel);
        await transaction.CommitAsync(cancel);
    }

    private async Task<Mailbox> MailboxAsync(long id, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Mailboxes.AsNoTracking().Include(mailbox => mailbox.Status).SingleAsync(mailbox => mailbox.Id == id, cancel);
    }
}

/// <param name="Taken">Messages that the next fetch will take because of it.</param>
/// <param name="Error">Why the server could not be asked; null: it was.</param>
public sealed record BackfillResult(int Taken, FetchError? Error);
