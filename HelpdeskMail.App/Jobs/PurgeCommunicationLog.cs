using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Routing.Loops;
using Quartz;

namespace HelpdeskMail.App.Jobs;

/// <summary>Removes old rows of the communication log, and of the loop guard's books.</summary>
internal sealed class PurgeCommunicationLog(CommunicationPurge purge, LoopDesk loops) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        context.Result = JobRunReport.Succeeded($"{await purge.RunAsync(cancellationToken) + await loops.PurgeAsync(cancellationToken)} entries removed");
}
