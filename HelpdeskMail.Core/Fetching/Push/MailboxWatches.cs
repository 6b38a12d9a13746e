using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace HelpdeskMail.Core.Fetching.Push;

/// <summary>Keeps a watcher for every valid IMAP mailbox with push (G5) that no other process watches: follows mailboxes as they are added, changed and
/// switched off. The fetches of the interval go on beside it, for whatever a server forgets to tell.</summary>
public sealed partial class MailboxWatches(
    IDbContextFactory<HelpdeskDb> contexts, Fetcher fetcher, MailSourceFor sources, LiveUpdates live, HelpdeskMetrics metrics, TimeProvider time, ILogger<MailboxWatches> logger) : IDisposable
{
    private const int FetchesAtOnce = 8;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(500);

    /// <summary>A connection takes a goodbye within this, or is dropped.</summary>
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(12);

    private readonly WatchRows rows = new(contexts, live, time);
    private readonly SemaphoreSlim turns = new(FetchesAtOnce);
    private readonly Signal changed = new();
    private readonly Dictionary<long, Running> running = [];

    /// <summary>Runs until cancelled, and then until all connections are closed; called once.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        live.Changed += OnChanged;
        try
        {
            while (true)
            {
                try
                {
                    await ReconcileAsync(stop);
                }
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    LogFailed(logger, fault); // the database may be away for a while; what runs goes on
                }
                await changed.WaitAsync(Between, stop);
                await Task.Delay(Breath, time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the host stops
        }
        finally
        {
            live.Changed -= OnChanged;
            await StopAllAsync();
        }
    }

    public void Dispose() => turns.Dispose();

    private async Task ReconcileAsync(CancellationToken stop)
    {
        await rows.RenewAsync(stop);
        var (ok, error) = await rows.CountAsync(stop);
        metrics.Mailboxes(ok, error);
        var wanted = (await rows.WantedAsync(stop)).ToDictionary(mailbox => mailbox.Id);
        foreach (var (id, watch) in running)
        {
            if (wanted.GetValueOrDefault(id) is not { } mailbox || mailbox.Key != watch.Key || !rows.IsMine(mailbox)) await watch.Stop.CancelAsync();
        }
        var over = running.Where(pair => pair.Value.Work.IsCompleted).Select(pair => pair.Key).ToList();
        foreach (var id in over)
        {
            running.Remove(id, out var watch);
            watch!.Stop.Dispose();
        }
        await rows.ReleaseAsync([.. over.Where(id => !wanted.ContainsKey(id))], stop);
        foreach (var mailbox in wanted.Values)
        {
            if (!running.ContainsKey(mailbox.Id) && await rows.TakeAsync(mailbox, stop)) running[mailbox.Id] = Start(mailbox);
        }
        if (running.Values.Any(watch => watch.Stop.IsCancellationRequested)) changed.Set(); // its successor waits for its end
    }

    private Running Start(WatchableMailbox mailbox)
    {
        var stop = new CancellationTokenSource();
        var watch = new MailboxWatch(mailbox.Id, fetcher, sources, rows, turns, metrics, time, logger);
        return new Running(mailbox.Key, stop, watch.RunAsync(stop.Token));
    }

    private async Task StopAllAsync()
    {
        foreach (var watch in running.Values) await watch.Stop.CancelAsync();
        try
        {
            await Task.WhenAll(running.Values.Select(watch => watch.Work)).WaitAsync(StopWithin, time);
            await rows.ReleaseAsync(running.Keys, CancellationToken.None);
        }
        catch (Exception fault) when (fault is TimeoutException || DatabaseFault.IsStorage(fault))
        {
            LogFailed(logger, fault); // the process ends anyway; its rows are taken over by whoever comes next
        }
    }

    private void OnChanged(LiveTopic topic)
    {
        if (topic == LiveTopic.Mailboxes) changed.Set();
    }

    private sealed record Running(ConnectionKey Key, CancellationTokenSource Stop, Task Work);

    [LoggerMessage(Level = LogLevel.Error, Message = "The watchers could not be brought in step with the mailboxes")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
