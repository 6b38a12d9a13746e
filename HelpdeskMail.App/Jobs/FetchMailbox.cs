using System.Globalization;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Mailboxes;
using Quartz;

namespace HelpdeskMail.App.Jobs;

/// <summary>Fetches one mailbox. By schedule it respects the pause after errors; run by hand it doesn't.</summary>
internal sealed class FetchMailbox(Fetcher fetcher, MailboxDirectory mailboxes, TimeProvider time) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var id = long.Parse(context.MergedJobDataMap.GetString(JobKeys.MailboxData)!, CultureInfo.InvariantCulture);
        if (!context.MergedJobDataMap.ContainsKey(JobKeys.ManualData) && await mailboxes.GetAsync(id, cancellationToken) is { Status.NextAttemptAt: { } next } && next > time.GetUtcNow().UtcDateTime)
        {
            context.Result = JobRunReport.Skipped($"After errors it is tried again at {next:u}.");
            return;
        }

        var progress = new Progress<FetchProgress>(at => context.ReportProgress(at.Found > 0 ? Math.Min(100, 100 * at.Decided / at.Found) : 0, $"{at.Step}: {at.Stored} of {at.Found} stored"));
        var result = await fetcher.FetchAsync(id, progress, cancellationToken);
        context.Result = result switch
        {
            null => JobRunReport.Skipped("Another worker has this mailbox."),
            { Error: { } error } => JobRunReport.Failed(error.Text),
            _ => JobRunReport.Succeeded($"{result.Found} found, {result.Stored} stored, {result.Decided} decided, {result.Quarantined} quarantined"),
        };
    }
}
