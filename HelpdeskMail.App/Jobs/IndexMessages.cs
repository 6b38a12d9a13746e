using HelpdeskMail.Core.Tickets;
using Quartz;

namespace HelpdeskMail.App.Jobs;

/// <summary>Takes new messages into the full-text index.</summary>
internal sealed class IndexMessages(MessageIndexer indexer) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var count = await indexer.RunAsync(cancellationToken);
        context.Result = count == 0 ? JobRunReport.Skipped("Nothing is new.") : JobRunReport.Succeeded($"{count} messages indexed");
    }
}
