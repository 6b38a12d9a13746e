using HelpdeskMail.Core;
using HelpdeskMail.Core.Outbound;
using Quartz;

namespace HelpdeskMail.App.Jobs;

/// <summary>An answer should leave when it is written, not at the next round: starts the outbox job as soon as something new is in it.</summary>
internal sealed partial class OutboxSignal(ISchedulerFactory schedulers, OutboxSender sender, LiveUpdates live, ILogger<OutboxSignal> logger) : BackgroundService
{
    private readonly Signal changed = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        live.Changed += OnChanged;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await changed.WaitAsync(TimeSpan.FromHours(1), stoppingToken);
                try
                {
                    await SendSoonAsync(stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // The job comes by itself soon.
                    Failed(e);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
        finally
        {
            live.Changed -= OnChanged;
        }
    }

    private async Task SendSoonAsync(CancellationToken cancel)
    {
        if (!await sender.HasNewAsync(cancel)) return;
        var scheduler = await schedulers.GetScheduler(cancel);
        var state = await scheduler.GetTriggerState(JobKeys.TriggerOf(JobKeys.SendOutbox), cancel);
        if (state is TriggerState.Normal or TriggerState.Complete) await scheduler.TriggerJob(JobKeys.SendOutbox, cancellationToken: cancel);
    }

    private void OnChanged(LiveTopic topic)
    {
        if (topic == LiveTopic.Tickets) changed.Set();
    }

    [LoggerMessage(LogLevel.Warning, "The outbox job could not be started at once")]
    private partial void Failed(Exception e);
}
