using HelpdeskMail.Core.CommunicationLog;
using Quartz;

namespace HelpdeskMail.App.Jobs;

/// <summary>Removes old rows of the communication log.</summary>
internal sealed class PurgeCommunicationLog(CommunicationPurge purge) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        context.Result = JobRunReport.Succeeded($"{await purge.RunAsync(cancellationToken)} entries removed");
}
