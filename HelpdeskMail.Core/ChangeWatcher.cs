using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HelpdeskMail.Core;

/// <summary>Looks about once a second whether another process changed something (the counter "changes") and tells this one's open pages.</summary>
public sealed partial class ChangeWatcher(IDbContextFactory<HelpdeskDb> contexts, LiveUpdates live, TimeProvider time, ILogger<ChangeWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long? last = null;
        var failing = false;
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                try
                {
                    var now = await ReadAsync(stoppingToken);
                    if (last is not null && now != last)
                    {
                        foreach (var topic in Enum.GetValues<LiveTopic>()) live.Publish(topic);
                    }
                    (last, failing) = (now, false);
                }
                catch (Exception exception) when (exception is not OperationCanceledException) // the database may come back; pages then catch up
                {
                    if (!failing) LogFailed(logger, exception);
                    failing = true;
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // the host is stopping
        }
    }

    private async Task<long> ReadAsync(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Counters.Where(counter => counter.Name == Counter.Changes).Select(counter => counter.Value).FirstOrDefaultAsync(cancel);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Changes of other processes can't be watched for now")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
