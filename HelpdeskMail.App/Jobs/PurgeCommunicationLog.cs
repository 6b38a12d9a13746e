using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace HelpdeskMail.App.Jobs;

/// <summary>Removes old rows of the communication log.</summary>
internal sealed class PurgeCommunicationLog(IDbContextFactory<HelpdeskDb> contexts, TimeProvider time) : IJob
{
    private const int Days = 90;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var before = time.GetUtcNow().UtcDateTime.AddDays(-Days);
        var removed = await db.Communications.Where(row => row.StartedAt < before).ExecuteDeleteAsync(cancellationToken);
        context.Result = JobRunReport.Succeeded($"{removed} entries older than {Days} days removed");
    }
}
