using System.Globalization;
using HelpdeskMail.Core.Fetching;
using Quartz;

namespace HelpdeskMail.App.Jobs;

/// <summary>Fetches one mailbox. By schedule it respects the pause after errors; run by hand it doesn't.</summary>
internal sealed class FetchMailbox(Fetcher fetcher) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var id = long.Parse(context.MergedJobDataMap.GetString(JobKeys.MailboxData)!, CultureInfo.InvariantCulture);
        var progress = new Progress<FetchProgress>(at => context.ReportProgress(at.Found > 0 ? Math.Min(100, 100 * at.Decided / at.Found) : 0, $"{at.Step}: {at.Stored} of {at.Found} stored"));
        var fetch = context.MergedJobDataMap.ContainsKey(JobKeys.ManualData)
            ? new DueFetch(await fetcher.FetchAsync(id, progress, cancellationToken), null)
            : await fetcher.FetchDueAsync(id, progress, cancellationToken);
        context.Result = fetch switch
        {
            { RestsUntil: { } rested } => JobRunReport.Skipped($"After errors it is tried again at {rested:u}."),
            { Result: null } => JobRunReport.Skipped("Another worker has this mailbox."),
            { Result.Error: { } error } => JobRunReport.Failed(error.Text),
            { Result: { } result } => JobRunReport.Succeeded($"{result.Found} found, {result.Stored} stored, {result.Decided} decided, {result.Quarantined} quarantined"),
        };
    }
}
