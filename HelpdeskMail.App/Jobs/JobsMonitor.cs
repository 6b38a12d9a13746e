using HelpdeskMail.App.Composition;
using HelpdeskMail.Core;
using HelpdeskMail.Core.Access;
using Quartz;
using Quartz.Extensibility;

namespace HelpdeskMail.App.Jobs;

/// <summary>What the Jobs page shows and does.</summary>
internal sealed class JobsMonitor(ISchedulerFactory schedulers, IExecutionHistoryStore history, HelpdeskSettings settings)
{
    /// <summary>All recurring jobs: the house's own first, then mailboxes by name.</summary>
    public async Task<IReadOnlyList<JobRow>> ListAsync(CancellationToken cancel = default)
    {
        var scheduler = await schedulers.GetScheduler(cancel);
        var jobs = (await scheduler.QueryJobs(new JobQuery { Take = Most }, cancel)).Items.Where(job => job.Key.Group is JobKeys.FetchGroup or JobKeys.SystemGroup).ToList();
        var headers = (await scheduler.QueryTriggers(new TriggerQuery { Take = Most }, cancel)).Items.ToLookup(trigger => trigger.Key);
        var triggers = (await scheduler.GetTriggers([.. jobs.Select(job => JobKeys.TriggerOf(job.Key))], cancel)).ToDictionary(trigger => trigger.Key);
        var running = (await scheduler.QueryFireInstances(new FireInstanceQuery { State = FireInstanceState.Executing, Take = Most }, cancel)).Items.ToLookup(fired => fired.JobKey);
        var statuses = (await history.QueryJobRunStatuses(new JobRunStatusQuery { SchedulerName = scheduler.SchedulerName, Take = Most }, cancel)).Items.ToDictionary(status => status.Job);

        return [.. jobs
            .Select(job =>
            {
                var key = JobKeys.TriggerOf(job.Key);
                var header = headers[key].FirstOrDefault();
                var paused = header?.State == TriggerState.Paused;
                var status = statuses.GetValueOrDefault(job.Key);
                var fired = running[job.Key].FirstOrDefault();
                return new JobRow(
                    JobKeys.IdOf(job.Key), KindOf(job.Key), NameOf(job.Key, job.Description), MailboxOf(job.Key),
                    (triggers.GetValueOrDefault(key) as ISimpleTrigger)?.RepeatInterval ?? TimeSpan.Zero,
                    status is null ? null : new JobRun(JobKeys.IdOf(job.Key), KindOf(job.Key), NameOf(job.Key, job.Description), status.LastFiredAtUtc.UtcDateTime, status.LastDuration, ResultOf(status.LastResult), status.LastResult == JobRunResult.Failed ? status.LastFailureMessage ?? status.LastSummary : status.LastSummary, status.LastSchedulerInstanceId ?? "", false),
                    paused ? null : header?.NextFireTimeUtc?.UtcDateTime, paused, header?.Pause?.RequestedBy,
                    fired is null ? null : new RunningJob(fired.FireTimeUtc.UtcDateTime, fired.Progress, fired.ProgressMessage, fired.SchedulerInstanceId),
                    settings.JobsEnabled || job.Key.Group != JobKeys.FetchGroup);
            })
            .OrderBy(row => row.Kind == JobKind.FetchMailbox).ThenBy(row => row.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(row => row.Kind)];
    }

    /// <summary>Runs that are over, newest first. Runs that found nothing to do are left out of the history of all jobs, and shown in that of one.</summary>
    /// <param name="jobId">Null: all jobs.</param>
    /// <param name="page">1-based.</param>
    public async Task<Page<JobRun>> HistoryAsync(string? jobId = null, int page = 1, int pageSize = 50, CancellationToken cancel = default)
    {
        if (jobId is not null && JobKeys.Parse(jobId) is null) return new Page<JobRun>([], 0);
        var scheduler = await schedulers.GetScheduler(cancel);
        var names = (await scheduler.QueryJobs(new JobQuery { Take = Most }, cancel)).Items.ToDictionary(job => job.Key, job => job.Description);
        var found = await history.QueryExecutions(
            new ExecutionHistoryQuery
            {
                SchedulerName = scheduler.SchedulerName,
                Job = jobId is null ? null : JobKeys.Parse(jobId),
                Results = jobId is null ? [JobRunResult.Succeeded, JobRunResult.Failed, JobRunResult.Cancelled] : null,
                Skip = (Math.Max(1, page) - 1) * pageSize,
                Take = pageSize,
                IncludeTotalCount = true,
            },
            cancel);
        return new Page<JobRun>([.. found.Items.Select(run => RunOf(run, names))], found.TotalCount ?? 0);
    }

    /// <summary>Starts the job now, also a paused one.</summary>
    /// <returns>False: there is no such job.</returns>
    public async Task<bool> RunAsync(string jobId, CancellationToken cancel = default)
    {
        var scheduler = await schedulers.GetScheduler(cancel);
        if (JobKeys.Parse(jobId) is not { } key || !await scheduler.Exists(key, cancel)) return false;
        await scheduler.TriggerJob(key, new JobDataMap { [JobKeys.ManualData] = "true" }, cancel);
        return true;
    }

    public async Task<bool> PauseAsync(string jobId, Actor actor, CancellationToken cancel = default) =>
        JobKeys.Parse(jobId) is { } key && await (await schedulers.GetScheduler(cancel)).PauseTriggerWith(JobKeys.TriggerOf(key), new PauseDetails { RequestedBy = actor.Name }, cancel);

    public async Task<bool> ResumeAsync(string jobId, CancellationToken cancel = default) =>
        JobKeys.Parse(jobId) is { } key && await (await schedulers.GetScheduler(cancel)).ResumeTrigger(JobKeys.TriggerOf(key), cancel);

    private const int Most = 10_000;

    private static JobRun RunOf(ExecutionHistoryEntry run, Dictionary<JobKey, string?> names)
    {
        var key = new JobKey(run.JobName, run.JobGroup);
        return new JobRun(
            JobKeys.IdOf(key), KindOf(key), NameOf(key, names.GetValueOrDefault(key)), run.FiredAtUtc.UtcDateTime, run.Duration, ResultOf(run.EffectiveResult),
            run.ExceptionMessage ?? run.Summary, run.SchedulerInstanceId, run.Manual);
    }

    private static JobKind KindOf(JobKey key) =>
        key.Group == JobKeys.FetchGroup ? JobKind.FetchMailbox
        : key.Equals(JobKeys.SendOutbox) ? JobKind.SendOutbox
        : key.Equals(JobKeys.ProcessStored) ? JobKind.ProcessStoredMail
        : key.Equals(JobKeys.IndexMessages) ? JobKind.IndexMessages
        : JobKind.PurgeCommunicationLog;

    private static string? NameOf(JobKey key, string? description) => key.Group == JobKeys.FetchGroup ? description : null;

    private static long? MailboxOf(JobKey key) => key.Group == JobKeys.FetchGroup && long.TryParse(key.Name, out var id) ? id : null;

    private static JobResult ResultOf(JobRunResult result) => result switch
    {
        JobRunResult.Succeeded => JobResult.Succeeded,
        JobRunResult.Failed => JobResult.Failed,
        JobRunResult.Cancelled => JobResult.Cancelled,
        _ => JobResult.Skipped,
    };
}
