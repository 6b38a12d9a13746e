using System.Globalization;
using HelpdeskMail.App.Composition;
using HelpdeskMail.Core;
using HelpdeskMail.Core.Mailboxes;
using Quartz;

namespace HelpdeskMail.App.Jobs;

/// <summary>Keeps the scheduler in step with the mailboxes: looked at once a minute and whenever mailboxes change. What somebody paused stays paused.</summary>
internal sealed partial class JobSchedule(
    ISchedulerFactory schedulers, MailboxDirectory mailboxes, LiveUpdates live, HelpdeskSettings settings, TimeProvider time, ILogger<JobSchedule> logger) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);
    private readonly Signal changed = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        live.Changed += OnChanged;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    await ReconcileAsync(stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // The database may be away for a while; the next round tries again.
                    Failed(e);
                }

                await changed.WaitAsync(Between, stoppingToken);
                await Task.Delay(TimeSpan.FromMilliseconds(500), time, stoppingToken);
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

    public async Task ReconcileAsync(CancellationToken cancel)
    {
        var scheduler = await schedulers.GetScheduler(cancel);
        var wanted = await WantedAsync(cancel);
        var present = (await scheduler.QueryJobs(new JobQuery { Take = 10_000 }, cancel)).Items.ToDictionary(job => job.Key);
        var triggers = (await scheduler.GetTriggers([.. present.Keys.Select(JobKeys.TriggerOf)], cancel)).ToDictionary(trigger => trigger.JobKey);

        foreach (var job in wanted)
        {
            if (!present.TryGetValue(job.Key, out var now) || now.Description != job.Name) await scheduler.AddJob(job.ToDetail(), AddJobOptions.Replacing, cancel);
            var trigger = triggers.GetValueOrDefault(job.Key);
            if (trigger is null) await scheduler.ScheduleTrigger(job.ToTrigger(), TriggerConflict.Keep, cancel);
            else if ((trigger as ISimpleTrigger)?.RepeatInterval != job.Every) await RescheduleAsync(scheduler, trigger.Key, job, cancel);
        }

        if (!settings.JobsEnabled) return; // the mailboxes are another node's business
        var gone = present.Keys.Where(key => key.Group == JobKeys.FetchGroup).Except(wanted.Select(job => job.Key)).ToList();
        if (gone.Count > 0) await scheduler.DeleteJobs(gone, cancel);
    }

    private static async Task RescheduleAsync(IScheduler scheduler, TriggerKey trigger, WantedJob job, CancellationToken cancel)
    {
        var pause = await scheduler.GetTriggerState(trigger, cancel) == TriggerState.Paused ? await scheduler.GetTriggerPause(trigger, cancel) : null;
        await scheduler.RescheduleJob(trigger, job.ToTrigger(), cancel);
        if (pause is not null) await scheduler.PauseTriggerWith(trigger, new PauseDetails { RequestedBy = pause.RequestedBy, Reason = pause.Reason }, cancel);
    }

    private async Task<List<WantedJob>> WantedAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        List<WantedJob> wanted =
        [
            new(JobKeys.SendOutbox, typeof(SendOutbox), null, TimeSpan.FromSeconds(15), now),
            new(JobKeys.ProcessStored, typeof(ProcessStoredMail), null, TimeSpan.FromMinutes(1), now),
            new(JobKeys.IndexMessages, typeof(IndexMessages), null, TimeSpan.FromMinutes(1), now),
            new(JobKeys.PurgeLog, typeof(PurgeCommunicationLog), null, TimeSpan.FromDays(1), new DateTimeOffset(now.UtcDateTime.Date.AddDays(1).AddHours(3), TimeSpan.Zero)),
        ];
        if (!settings.JobsEnabled) return wanted;

        foreach (var mailbox in await mailboxes.ScheduledAsync(cancel))
        {
            var every = TimeSpan.FromMinutes(Math.Max(1, mailbox.IntervalMinutes));
            var due = mailbox.LastFetchAt is { } last ? new DateTimeOffset(last, TimeSpan.Zero) + every : now;
            wanted.Add(new(JobKeys.Mailbox(mailbox.Id), typeof(FetchMailbox), mailbox.Name, every, due > now ? due : now, mailbox.Id.ToString(CultureInfo.InvariantCulture)));
        }

        return wanted;
    }

    private void OnChanged(LiveTopic topic)
    {
        if (topic == LiveTopic.Mailboxes) changed.Set();
    }

    [LoggerMessage(LogLevel.Error, "The schedule could not be brought in step with the mailboxes")]
    private partial void Failed(Exception e);
}
