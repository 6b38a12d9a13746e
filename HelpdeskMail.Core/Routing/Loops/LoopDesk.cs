using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Quarantine;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Routing.Loops;

/// <summary>Shows whom the loop guard has stopped, and lets them in again (G11).</summary>
public sealed class LoopDesk(IDbContextFactory<HelpdeskDb> contexts, QuarantineActions quarantine, LiveUpdates live, TimeProvider time)
{
    private const int MaxReleased = 1000;
    private static readonly TimeSpan Keep = TimeSpan.FromDays(32); // the setting's longest window is 31 days

    /// <summary>Newest first.</summary>
    /// <param name="before">The last id of the page before; null: the first page.</param>
    public async Task<IReadOnlyList<LoopIncident>> ListAsync(int size, long? before = null, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var rows = db.LoopIncidents.AsNoTracking();
        if (before is { } id) rows = rows.Where(row => row.Id < id);
        return await rows.OrderByDescending(row => row.Id).Take(size).ToListAsync(cancel);
    }

    /// <summary>Removes what no window reaches any more.</summary>
    /// <returns>How many rows went.</returns>
    public async Task<int> PurgeAsync(CancellationToken cancel = default)
    {
        var old = time.GetUtcNow().UtcDateTime - Keep;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.LoopRecords.Where(row => row.At < old).ExecuteDeleteAsync(cancel);
    }

    /// <summary>Lets the sender in again: what it has written up to now doesn't count any more. Decides anew the mails that were set aside, if so wished.</summary>
    /// <returns>How many mails were decided anew.</returns>
    public async Task<Outcome<int>> ResumeAsync(long incidentId, bool release, Actor actor, CancellationToken cancel = default)
    {
        List<long> aside;
        await using (var db = await contexts.CreateDbContextAsync(cancel))
        {
            if (await db.LoopIncidents.FindAsync([incidentId], cancel) is not { } incident) return Faults.Of("id", "This incident is not there any more.");
            var sender = incident.Sender;
            (incident.ResumedAt, incident.ResumedBy) = (time.GetUtcNow().UtcDateTime, actor.Name);
            await db.SaveChangesAsync(cancel);
            aside = !release ? [] : await db.Quarantine.Where(item => item.Open && item.Reason == nameof(DecisionReason.LoopBlocked) && item.Sender == sender)
                .OrderBy(item => item.Id).Select(item => item.Id).Take(MaxReleased).ToListAsync(cancel);
        }
        live.Publish(LiveTopic.Mailboxes);
        if (aside.Count == 0) return 0;
        var results = await quarantine.ApplyAsync(aside, new QuarantineAction.Retry(), actor, cancel);
        return results.Ok ? aside.Count : throw new InvalidOperationException("Retrying has no faults of its own.");
    }
}
