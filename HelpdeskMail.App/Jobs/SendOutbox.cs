using HelpdeskMail.Core.Outbound;
using Quartz;

namespace HelpdeskMail.App.Jobs;

/// <summary>Sends what is due in the outbox.</summary>
internal sealed class SendOutbox(OutboxSender sender) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var tried = await sender.SendDueAsync(cancellationToken);
        context.Result = tried == 0 ? JobRunReport.Skipped("Nothing was due.") : JobRunReport.Succeeded($"{tried} recipients tried");
    }
}
