using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace HelpdeskMail.Core.Fetching;

/// <summary>Fetches one mailbox to the end: list, store, decide, acknowledge. One worker per mailbox, cluster-wide.
/// Whatever instant a fetch dies at, the next one goes on from the ledger.</summary>
public sealed partial class Fetcher(
    IDbContextFactory<HelpdeskDb> contexts, WriteGate gate, MailSourceFor sources, MailProcessor processor, CommunicationLogger communications, LiveUpdates live,
    MailOptions options, TimeProvider time, ILogger<Fetcher> logger)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(250);

    private readonly LedgerListing listing = new(contexts, gate, time);
    private readonly LedgerPending pending = new(contexts, gate, time, options.MaxMessageBytes);
    private readonly MailboxReport report = new(contexts, live, time);

    /// <summary>Null result: another worker has the mailbox now.</summary>
    public async Task<FetchResult?> FetchAsync(long mailboxId, IProgress<FetchProgress>? progress = null, CancellationToken cancel = default)
    {
        await using var lease = await MailboxLease.TakeAsync(contexts, time, mailboxId, cancel);
        if (lease is null) return null;
        var started = time.GetTimestamp();
        var mailbox = await MailboxAsync(mailboxId, cancel);
        await report.StartedAsync(mailboxId, cancel);
        var log = await communications.StartAsync(CommunicationDirection.Incoming, mailbox.Name, mailboxId, null, cancel);
        var counts = new FetchCounts();
        FetchError? error;
        try
        {
            error = await TryAsync(mailbox, lease, log, counts, progress);
        }
        catch (OperationCanceledException)
        {
            await report.AbandonedAsync(mailboxId);
            await log.FinishAsync(CommunicationStatus.Warning, "Broken off: " + counts, CancellationToken.None);
            throw;
        }
        await EndAsync(mailboxId, log, counts, error, cancel);
        return counts.ToResult(mailbox.Name, time.GetElapsedTime(started), error);
    }

    /// <summary>As <see cref="FetchAsync"/>, but waits for another worker to be done. Null: it still was not after <paramref name="patience"/>.</summary>
    public async Task<FetchResult?> FetchWhenFreeAsync(long mailboxId, TimeSpan patience, CancellationToken cancel = default)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            if (await FetchAsync(mailboxId, null, cancel) is { } result) return result;
            if (time.GetElapsedTime(started) > patience) return null;
            await Task.Delay(AskAgain, time, cancel);
        }
    }

    /// <summary>Mailboxes that are due by their interval and back-off.</summary>
    public async Task<IReadOnlyList<long>> DueAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var now = time.GetUtcNow().UtcDateTime;
        var active = await db.Mailboxes.AsNoTracking().Where(mailbox => mailbox.Validity == Validity.Valid).Select(mailbox => new { mailbox.Id, mailbox.IntervalMinutes, mailbox.Status }).ToListAsync(cancel);
        return [.. active
            .Where(mailbox => mailbox.Status.LeaseOwner is not { } owner || mailbox.Status.LeaseUntil < now || LeaseOwner.IsGone(owner))
            .Where(mailbox => (mailbox.Status.NextAttemptAt ?? mailbox.Status.LastFetchAt?.AddMinutes(mailbox.IntervalMinutes) ?? now) <= now)
            .Select(mailbox => mailbox.Id)];
    }

    private async Task<FetchError?> TryAsync(Mailbox mailbox, MailboxLease lease, OpenCommunication log, FetchCounts counts, IProgress<FetchProgress>? progress)
    {
        try
        {
            await RunAsync(mailbox, lease, log, counts, progress, lease.Lost);
            return null;
        }
        catch (MailSourceException fault)
        {
            return new FetchError(fault.Kind, fault.Message, fault.Server, ErrorAdvice.For(fault.Kind, mailbox.Host, fault.Server));
        }
        catch (Exception fault) when (fault is not OperationCanceledException) // a bug or the database: the mailbox shows it, the schedule goes on
        {
            LogFailed(logger, fault, mailbox.Name);
            var kind = DatabaseFault.IsStorage(fault) ? MailboxErrorKind.Storage : MailboxErrorKind.Other;
            return new FetchError(kind, kind == MailboxErrorKind.Storage ? "The database could not be written." : "The fetch failed by a fault of the program.", fault.Message, ErrorAdvice.For(kind, mailbox.Host));
        }
    }

    private async Task RunAsync(Mailbox mailbox, MailboxLease lease, OpenCommunication log, FetchCounts counts, IProgress<FetchProgress>? progress, CancellationToken cancel)
    {
        var left = await processor.ProcessWaitingAsync(cancel); // what a died worker stored and didn't decide
        counts.Add(decided: left.Decided, quarantined: left.Quarantined);
        await using var source = sources(mailbox);
        var fetch = new FetchContext(mailbox, source, lease, log, counts, progress) { EarlierUpTo = await pending.LastAsync(mailbox.Id, cancel) };
        fetch.Report("connect");
        await source.OpenAsync(log, cancel);
        fetch.Report("list");
        await listing.ListAsync(fetch, cancel);

        var acknowledger = new Acknowledger(pending);
        await acknowledger.RunAsync(fetch, earlier: true, cancel); // what a died worker decided and didn't acknowledge
        await new DownloadRound(fetch, pending, processor, acknowledger, options.MaxMessageBytes).RunAsync(cancel);
        counts.InFolder = source.InFolder;
    }

    private async Task EndAsync(long mailboxId, OpenCommunication log, FetchCounts counts, FetchError? error, CancellationToken cancel)
    {
        try
        {
            if (error is null) log.Add(LogLevels.Info, "end", counts.ToString());
            else log.Add(LogLevels.Error, "end", error.Text, error.Server);
            await log.FinishAsync(error is null ? CommunicationStatus.Successful : CommunicationStatus.Failed, error?.Text ?? counts.ToString(), cancel);
            await (error is null ? report.SucceededAsync(mailboxId, counts.InFolder, cancel) : report.FailedAsync(mailboxId, error, cancel));
        }
        catch (Exception fault) when (error is not null && DatabaseFault.IsStorage(fault))
        {
            LogFailed(logger, fault, log.Account); // the database is what failed: it can't take that down either
        }
    }

    private async Task<Mailbox> MailboxAsync(long id, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Mailboxes.AsNoTracking().Include(mailbox => mailbox.Status).SingleAsync(mailbox => mailbox.Id == id, cancel);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Fetching {Mailbox} failed")]
    private static partial void LogFailed(ILogger logger, Exception exception, string mailbox);
}
