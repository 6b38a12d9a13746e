using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace HelpdeskMail.Core.Fetching.Push;

/// <summary>Watches one mailbox: connects, fetches what is there, waits for mail on the same connection, fetches it at once, and so on.
/// A task that mostly sleeps; hundreds of them need no thread of their own.</summary>
/// <param name="turns">How many watched mailboxes of this process may fetch at the same time: after a restart of the server they all come.</param>
internal sealed partial class MailboxWatch(long mailboxId, Fetcher fetcher, MailSourceFor sources, WatchRows rows, SemaphoreSlim turns, HelpdeskMetrics metrics, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AskLeaseAgain = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LookWhetherRestIsOver = TimeSpan.FromSeconds(30);

    /// <summary>A connection that lived shorter than this was not worth its log-in: the next one is made later.</summary>
    private static readonly TimeSpan WorthIt = TimeSpan.FromMinutes(5);

    private int brief;

    private PushState told;

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await ServeAsync(stop);
                stop.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // not wanted any more
        }
    }

    /// <summary>One connection, from its log-in to its end and the pause after it.</summary>
    private async Task ServeAsync(CancellationToken stop)
    {
        var started = time.GetTimestamp();
        try
        {
            await using var kept = new KeptConnection(sources);
            while (!stop.IsCancellationRequested)
            {
                var due = await FetchAsync(kept, stop);
                if (due.RestsUntil is { } rested)
                {
                    await RestAsync(rested, stop);
                    return;
                }
                if (due.Result is { Error: not null }) return; // the failure is in the mailbox's status, and with it how long to rest
                if (kept.Waiting is not { } connection) return;
                await TellAsync(connection.CanIdle ? PushState.Waiting : PushState.Asking, null, stop);
                using (metrics.Waiting()) await connection.WaitForMailAsync(AskEvery, stop);
            }
        }
        catch (MailSourceException lost)
        {
            brief = time.GetElapsedTime(started) < WorthIt ? brief + 1 : 0;
            LogLost(logger, mailboxId, lost.Message, lost.Server);
            await PauseAsync(stop);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // The database is away, or a bug: neither is the mailbox's fault, so its status says nothing of it.
            brief++;
            LogFailed(logger, fault, mailboxId);
            await PauseAsync(stop);
        }
    }

    private async Task<DueFetch> FetchAsync(KeptConnection kept, CancellationToken stop)
    {
        while (true)
        {
            await turns.WaitAsync(stop);
            try
            {
                var due = await fetcher.FetchDueAsync(mailboxId, kept, null, stop);
                if (due is not { Result: null, RestsUntil: null }) return due;
            }
            finally
            {
                turns.Release();
            }
            await Task.Delay(AskLeaseAgain, time, stop); // the schedule or somebody by hand is at it, and may have listed before our mail came
        }
    }

    /// <summary>Rests after failures; shorter when a fetch by hand went well, or when somebody mended the mailbox's settings.</summary>
    private async Task RestAsync(DateTime until, CancellationToken stop)
    {
        await TellAsync(PushState.Reconnecting, until, stop);
        while (until > Now)
        {
            var left = until - Now;
            await Task.Delay(left < LookWhetherRestIsOver ? left : LookWhetherRestIsOver, time, stop);
            until = await rows.RestsUntilAsync(mailboxId, stop) ?? Now;
        }
    }

    private async Task PauseAsync(CancellationToken stop)
    {
        // A server that was restarted lost all its connections at once: they come back one by one.
        var pause = brief <= 1 ? TimeSpan.FromSeconds(1 + (9 * Random.Shared.NextDouble())) : FetchBackoff.After(MailboxErrorKind.ConnectionLost, brief - 1, Random.Shared.NextDouble());
        await TellAsync(PushState.Reconnecting, Now + pause, stop);
        await Task.Delay(pause, time, stop);
    }

    private async Task TellAsync(PushState state, DateTime? retryAt, CancellationToken stop)
    {
        if (state == told && retryAt is null) return;
        told = state;
        try
        {
            await rows.TellAsync(mailboxId, state, retryAt, stop);
        }
        catch (Exception fault) when (Data.DatabaseFault.IsStorage(fault))
        {
            LogFailed(logger, fault, mailboxId); // only the page shows it
        }
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    [LoggerMessage(Level = LogLevel.Information, Message = "The connection that waits for mail of mailbox {Mailbox} was lost: {Text} {Server}")]
    private static partial void LogLost(ILogger logger, long mailbox, string text, string? server);

    [LoggerMessage(Level = LogLevel.Error, Message = "Watching mailbox {Mailbox} failed; it is tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception, long mailbox);
}
