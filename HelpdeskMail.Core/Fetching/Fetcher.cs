using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching.Push;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Mailboxes.Health;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Core.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace HelpdeskMail.Core.Fetching;

/// <summary>Fetches one mailbox to the end: list, store, decide, acknowledge. One worker per mailbox, cluster-wide.
/// Whatever instant a fetch dies at, the next one goes on from the ledger.</summary>
public sealed partial class Fetcher(
    IDbContextFactory<HelpdeskDb> contexts, WriteGate gate, DeferredSync sync, MailSourceFor sources, FirstMail first, MailProcessor processor, RoutingConfigCache configs, CommunicationLogger communications, MailboxTurns turns, StorageTroubles storage,
    LiveUpdates live, HelpdeskMetrics metrics, MailOptions options, TimeProvider time, ILogger<Fetcher> logger)
{
    private readonly LedgerListing listing = new(contexts, gate, sync, time);
    private readonly LedgerPending pending = new(contexts, gate, sync, time, options.MaxMessageBytes);
    private readonly MailboxReport report = new(contexts, turns, live, time);

    /// <summary>Fetches now, whatever happened before. Null: another worker has the mailbox.</summary>
    public Task<FetchResult?> FetchAsync(long mailboxId, IProgress<FetchProgress>? progress = null, CancellationToken cancel = default) => WatchedAsync(mailboxId, async () =>
    {
        await using var lease = await MailboxLease.TakeAsync(contexts, time, mailboxId, cancel);
        return lease is null ? null : await FetchAsync(await MailboxAsync(mailboxId, cancel), lease, null, progress, cancel);
    });

    /// <summary>Fetches unless the mailbox rests after failures; for whoever fetches without being asked by a person.</summary>
    public Task<DueFetch> FetchDueAsync(long mailboxId, IProgress<FetchProgress>? progress = null, CancellationToken cancel = default) => FetchDueAsync(mailboxId, null, progress, cancel);

    /// <param name="kept">A connection to use and to leave open.</param>
    internal Task<DueFetch> FetchDueAsync(long mailboxId, KeptConnection? kept, IProgress<FetchProgress>? progress, CancellationToken cancel) => WatchedAsync(mailboxId, async () =>
    {
        await using var lease = await MailboxLease.TakeAsync(contexts, time, mailboxId, cancel);
        if (lease is null) return default;
        // Looked at with the lease in hand: whoever had the mailbox until now may just have failed.
        var mailbox = await MailboxAsync(mailboxId, cancel);
        if (mailbox.Status.NextAttemptAt is { } next && next > time.GetUtcNow().UtcDateTime) return new DueFetch(null, next);
        return new DueFetch(await FetchAsync(mailbox, lease, kept, progress, cancel), null);
    });

    /// <summary>As <see cref="FetchAsync"/>, but waits for another worker to be done. Null: it still was not after <paramref name="patience"/>.</summary>
    public Task<FetchResult?> FetchWhenFreeAsync(long mailboxId, TimeSpan patience, IProgress<FetchProgress>? progress = null, CancellationToken cancel = default) => WatchedAsync(mailboxId, async () =>
    {
        await using var lease = await MailboxLease.TakeWithinAsync(contexts, time, mailboxId, patience, cancel);
        return lease is null ? null : await FetchAsync(await MailboxAsync(mailboxId, cancel), lease, null, progress, cancel);
    });

    /// <summary>As <see cref="FetchWhenFreeAsync"/>, but leaves a mailbox in peace that rests after a refused log-in, and says so as the fetch's error: whoever fetches all
    /// of them again and again would get the account locked.</summary>
    public Task<FetchResult?> FetchSparingAsync(long mailboxId, TimeSpan patience, CancellationToken cancel = default) => WatchedAsync(mailboxId, async () =>
    {
        await using var lease = await MailboxLease.TakeWithinAsync(contexts, time, mailboxId, patience, cancel);
        if (lease is null) return null;
        var mailbox = await MailboxAsync(mailboxId, cancel);
        if (mailbox.Status is { ErrorKind: { } kind, NextAttemptAt: { } next } status && FetchBackoff.IsAboutLogin(kind) && next > time.GetUtcNow().UtcDateTime)
            return new FetchResult(mailbox.Name, 0, 0, 0, 0, 0, 0, 0, new FetchError(kind, $"{status.ErrorText} It was not tried again: the account is left in peace until {next:yyyy-MM-dd HH:mm} UTC.", status.ErrorServer, status.ErrorAdvice ?? ""));
        return await FetchAsync(mailbox, lease, null, null, cancel);
    });

    /// <summary>Whatever could not be written is known to this process at least.</summary>
    private async Task<T> WatchedAsync<T>(long mailboxId, Func<Task<T>> fetch)
    {
        try
        {
            return await fetch();
        }
        catch (Exception fault) when (DatabaseFault.IsStorage(fault))
        {
            storage.Failed(mailboxId, fault);
            throw;
        }
    }

    private async Task<FetchResult> FetchAsync(Mailbox mailbox, MailboxLease lease, KeptConnection? kept, IProgress<FetchProgress>? progress, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        var log = communications.Open(CommunicationDirection.Incoming, mailbox.Name, mailbox.Id, null);
        var counts = new FetchCounts { Latency = LatencySamples.For(mailbox, metrics, time) };
        var shown = Task.Run(() => ShowAsync(mailbox.Id, log, cancel), cancel); // while the server greets
        FetchError? error;
        try
        {
            error = await TryAsync(mailbox, lease, kept, log, shown, counts, progress);
        }
        catch (OperationCanceledException)
        {
            await report.AbandonedAsync(mailbox.Id);
            await log.FinishAsync(CommunicationStatus.Warning, "Broken off: " + counts, CancellationToken.None);
            throw;
        }
        await EndAsync(mailbox.Id, log, counts, error, cancel);
        var result = counts.ToResult(mailbox.Name, time.GetElapsedTime(started), error);
        metrics.Fetched(result);
        return result;
    }

    /// <summary>Shows that the mailbox is being fetched.</summary>
    private async Task ShowAsync(long mailboxId, OpenCommunication log, CancellationToken cancel)
    {
        await report.StartedAsync(mailboxId, cancel);
        await log.StartAsync(cancel);
    }

    /// <param name="shown">When others can see that the mailbox is being fetched; it has ended when this returns.</param>
    private async Task<FetchError?> TryAsync(Mailbox mailbox, MailboxLease lease, KeptConnection? kept, OpenCommunication log, Task shown, FetchCounts counts, IProgress<FetchProgress>? progress)
    {
        try
        {
            var source = kept is null ? sources(mailbox) : await kept.ForAsync(mailbox);
            try
            {
                await RunAsync(new FetchContext(mailbox, source, lease, log, counts, progress), shown, lease.Lost);
            }
            finally
            {
                counts.CertificateExpiresAt = source.CertificateExpiresAt;
                if (kept is null) await source.DisposeAsync();
            }
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
        finally
        {
            await shown.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // whoever takes down how it ended writes the same row
        }
    }

    private async Task RunAsync(FetchContext fetch, Task shown, CancellationToken cancel)
    {
        fetch.Report("connect");
        var opening = OpenAsync(fetch, cancel);
        var warm = first.ReadAsync(cancel);
        var waiting = processor.ProcessWaitingAsync(cancel); // what a died worker stored and didn't decide
        var last = pending.LastAsync(cancel);
        try
        {
            await Task.WhenAll(opening, waiting, last);
            fetch.EarlierUpTo = await last;
            fetch.Counts.Add(decided: (await waiting).Decided, quarantined: (await waiting).Quarantined);
            await TakeAllAsync(fetch, shown, cancel);
        }
        finally
        {
            await warm;
        }
    }

    private async Task OpenAsync(FetchContext fetch, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        if (fetch.Source is IPushSource { IsOpen: true }) fetch.Log.Add(LogLevels.Info, "connect", "Over the connection that waits for mail.");
        else await fetch.Source.OpenAsync(fetch.Log, cancel);
        metrics.Stage(fetch.Mailbox.Name, "connect", time.GetElapsedTime(started));
    }

    private async Task TakeAllAsync(FetchContext fetch, Task shown, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        fetch.Report("list");
        await listing.ListAsync(fetch, cancel);
        metrics.Stage(fetch.Mailbox.Name, "list", time.GetElapsedTime(started));
        await shown; // a mail's row in the communication log names the connection's

        started = time.GetTimestamp();
        var acknowledger = new Acknowledger(fetch, pending, sync, contexts, time);
        var heldBack = new HeldBackMail(contexts, gate, configs, time, options.MaxMessageBytes);
        var round = new DownloadRound(fetch, pending, processor, acknowledger, heldBack, options.MaxMessageBytes);
        try
        {
            await acknowledger.RunAsync(earlier: true, cancel); // what a died worker decided and didn't acknowledge
            await round.RunAsync(cancel);
        }
        finally
        {
            await acknowledger.SettleAsync();
            sync.Rests();
        }
        fetch.Counts.InFolder = await fetch.Source.CountAsync(cancel);
        await heldBack.TakeRefusedAsync(fetch, round.Refused, cancel);
        metrics.Stage(fetch.Mailbox.Name, "take", time.GetElapsedTime(started));
    }

    private async Task EndAsync(long mailboxId, OpenCommunication log, FetchCounts counts, FetchError? error, CancellationToken cancel)
    {
        try
        {
            if (error is null) log.Add(LogLevels.Info, "end", counts.ToString());
            else log.Add(LogLevels.Error, "end", error.Text, error.Server);
            await log.FinishAsync(error is null ? CommunicationStatus.Successful : CommunicationStatus.Failed, error?.Text ?? counts.ToString(), cancel);
            await (error is null ? report.SucceededAsync(mailboxId, counts, cancel) : report.FailedAsync(mailboxId, counts, error, log.Id, cancel));
            storage.Worked(mailboxId);
        }
        catch (Exception fault) when (error is not null && DatabaseFault.IsStorage(fault))
        {
            LogFailed(logger, fault, log.Account); // the database is what failed: it can't take that down either
            storage.Failed(mailboxId, fault);
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
