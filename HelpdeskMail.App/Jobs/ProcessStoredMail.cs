using HelpdeskMail.Core.Ingestion;
using Quartz;

namespace HelpdeskMail.App.Jobs;

/// <summary>Decides mail that was stored and not decided: pushed in, or left by a process that died in between.</summary>
internal sealed class ProcessStoredMail(MailProcessor processor) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var result = await processor.ProcessWaitingAsync(cancellationToken);
        context.Result = result is { Decided: 0, Quarantined: 0 }
            ? JobRunReport.Skipped("Nothing was waiting.")
            : JobRunReport.Succeeded($"{result.Decided} decided, {result.Quarantined} quarantined");
    }
}
