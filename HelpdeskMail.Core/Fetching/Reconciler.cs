using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace HelpdeskMail.Core.Fetching;

/// <summary>Compares a mailbox's ledger with what its server holds now, and names every difference. Changes nothing on the server; in the ledger only
/// where copies are, and where a fetch has to look again.</summary>
public sealed partial class Reconciler(
    IDbContextFactory<HelpdeskDb> contexts, WriteGate gate, DeferredSync sync, MailSourceFor sources, CommunicationLogger communications, LiveUpdates live, TimeProvider time, ILogger<Reconciler> logger)
{
    private const int PageSize = 5000;
    private const int Chunk = 1000;

    private readonly LedgerListing listing = new(contexts, gate, sync, time);

    /// <summary>Null: another worker still had the mailbox after <paramref name="patience"/>.</summary>
    public async Task<ReconcileResult?> RunAsync(long mailboxId, Actor actor, TimeSpan patience, CancellationToken cancel = default)
    {
        await using var lease = await MailboxLease.TakeWithinAsync(contexts, time, mailboxId, patience, cancel);
        if (lease is null) return null;
        Mailbox mailbox;
        await using (var db = await contexts.CreateDbContextAsync(cancel))
        {
            mailbox = await db.Mailboxes.AsNoTracking().Include(row => row.Status).SingleAsync(row => row.Id == mailboxId, cancel);
        }
        var log = await communications.StartAsync(CommunicationDirection.Incoming, mailbox.Name, mailboxId, null, cancel);
        log.Add(LogLevels.Info, "reconcile", $"{actor.Name} has the ledger compared with the server.");
        ReconcileResult result;
        try
        {
            result = new(await CompareAsync(mailbox, actor, log, lease.Lost), null);
        }
        catch (MailSourceException fault)
        {
            result = new(null, new FetchError(fault.Kind, fault.Message, fault.Server, ErrorAdvice.For(fault.Kind, mailbox.Host)));
        }
        catch (OperationCanceledException)
        {
            await log.FinishAsync(CommunicationStatus.Warning, "Broken off.", CancellationToken.None);
            throw;
        }
        catch (Exception fault)
        {
            LogFailed(logger, fault, mailbox.Name);
            result = new(null, new FetchError(MailboxErrorKind.Other, "The comparison failed by a fault of the program.", fault.Message, ErrorAdvice.For(MailboxErrorKind.Other, mailbox.Host)));
        }
        if (result.Error is { } error) log.Add(LogLevels.Error, "end", error.Text, error.Server);
        await log.FinishAsync(result.Error is null ? CommunicationStatus.Successful : CommunicationStatus.Failed, result.Error?.Text ?? Sentence(result.Found!), cancel);
        live.Publish(LiveTopic.Mailboxes);
        return result;
    }

    private async Task<Reconciliation> CompareAsync(Mailbox mailbox, Actor actor, OpenCommunication log, CancellationToken cancel)
    {
        await using var source = sources(mailbox);
        await source.OpenAsync(log, cancel);
        var validity = source.Validity;
        var folder = await source.ListAsync(SourceQuery.Everything, cancel);
        if (mailbox.Protocol == MailboxProtocol.Pop3) folder = await new LastingNames(contexts).CheckAsync(mailbox, source, log, folder, cancel); // by the names that a fetch goes by
        var archive = await source.ListArchiveAsync(cancel);
        var comparison = new LedgerComparison(mailbox, validity, folder, archive);
        await foreach (var row in RowsAsync(mailbox.Id, cancel)) comparison.Take(row);

        var unknown = comparison.NotInLedger.OrderBy(message => message.Number).ToList();
        var (skipped, missed) = await listing.ForecastAsync(mailbox, validity, unknown, cancel);
        comparison.Finish(skipped);
        return await SaveAsync(mailbox, actor, validity, comparison, archive is not null, missed, cancel);
    }

    private async IAsyncEnumerable<ComparedRow> RowsAsync(long mailboxId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var last = new ListPosition(DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), 0);
        while (true)
        {
            await using var db = await contexts.CreateDbContextAsync(cancel);
            var (at, id) = last;
            var page = await db.Ledger.Where(entry => entry.MailboxId == mailboxId && entry.SeenAt >= at && (entry.SeenAt > at || entry.Id > id))
                .OrderBy(entry => entry.SeenAt).ThenBy(entry => entry.Id).Take(PageSize)
                .Select(entry => new ComparedRow(entry.Id, entry.Identity, entry.State, entry.Reason, entry.Place, entry.Size, entry.ReceivedAt, entry.SeenAt, entry.Subject, entry.StoredMailId != null))
                .ToListAsync(cancel);
            foreach (var row in page) yield return row;
            if (page.Count < PageSize) yield break;
            last = new(page[^1].SeenAt, page[^1].Id);
        }
    }

    /// <param name="missed">Mails that no fetch would come by any more: the next one is to list the whole folder.</param>
    private async Task<Reconciliation> SaveAsync(Mailbox mailbox, Actor actor, long validity, LedgerComparison comparison, bool hasArchive, bool missed, CancellationToken cancel)
    {
        var found = new Reconciliation
        {
            MailboxId = mailbox.Id,
            At = time.GetUtcNow().UtcDateTime,
            ActorName = actor.Name,
            InFolder = comparison.InFolder,
            Accounted = comparison.Accounted,
            Waiting = comparison.Waiting,
            Unknown = comparison.Unknown,
            InArchive = hasArchive ? comparison.InArchive : null,
            Validity = validity,
            Differences = comparison.Differences,
        };
        var (mailboxId, inFolder, inArchive, now) = (mailbox.Id, found.InFolder, comparison.InArchive, found.At);
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        foreach (var group in comparison.Moved.GroupBy(item => item.Place, item => item.Id))
        {
            foreach (var ids in group.Chunk(Chunk))
                await db.Ledger.Where(entry => EF.Parameter(ids).Contains(entry.Id)).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Place, group.Key), cancel);
        }
        foreach (var id in comparison.Replaced)
        {
            // The number is free for the mail that has it now.
            await db.Ledger.Where(entry => entry.Id == id).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Identity, entry => entry.Identity + "~" + id), cancel);
        }
        var relist = missed || comparison.Replaced.Count > 0;
        await db.MailboxStatuses.Where(status => status.MailboxId == mailboxId).ExecuteUpdateAsync(
            set => set.SetProperty(status => status.InFolder, inFolder).SetProperty(status => status.InArchive, inArchive).SetProperty(status => status.CountedAt, now)
                .SetProperty(status => status.UidValidity, status => relist ? 0 : status.UidValidity),
            cancel);
        await db.Reconciliations.Where(row => row.MailboxId == mailboxId).ExecuteDeleteAsync(cancel);
        db.Reconciliations.Add(found);
        await db.SaveChangesAsync(cancel);
        await CounterRow.BumpChangesAsync(db, cancel);
        await transaction.CommitAsync(cancel);
        return found;
    }

    private static string Sentence(Reconciliation found) => found.Accounted == found.InFolder
        ? $"{found.InFolder} on the server = {found.Accounted} accounted for."
        : $"{found.InFolder} on the server, {found.Accounted} accounted for, {found.Waiting} waiting, {found.Unknown} not in the ledger.";

    [LoggerMessage(Level = LogLevel.Error, Message = "Reconciling {Mailbox} failed")]
    private static partial void LogFailed(ILogger logger, Exception exception, string mailbox);
}

/// <summary>What came of a reconcile: what was found, or why the server could not be asked.</summary>
public sealed record ReconcileResult(Reconciliation? Found, FetchError? Error);
