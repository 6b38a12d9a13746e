using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Outbound;

/// <summary>A mail of which some recipients are due.</summary>
internal sealed record DueMail(long OutboxMailId, long OutboundAccountId, IReadOnlyList<long> Recipients);

/// <summary>Takes recipients for sending, so that no two nodes send to one, and takes back those whose sender died.</summary>
internal sealed class OutboxClaims(IDbContextFactory<HelpdeskDb> contexts, TimeProvider time)
{
    /// <summary>Longer than the client's own deadlines for one mail add up to (RFC 5321 §4.5.3.2).</summary>
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(40);

    private const int Batch = 500;

    public async Task<List<DueMail>> DueAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var due = await db.OutboxRecipients
            .Where(recipient => (recipient.State == OutboxState.Queued || recipient.State == OutboxState.Deferred) && (recipient.NextAttemptAt == null || recipient.NextAttemptAt <= now))
            .OrderBy(recipient => recipient.Id).Take(Batch)
            .Select(recipient => new { recipient.Id, recipient.OutboxMailId, recipient.OutboxMail!.OutboundAccountId }).ToListAsync(cancel);
        return [.. due.GroupBy(row => (row.OutboxMailId, row.OutboundAccountId)).Select(group => new DueMail(group.Key.OutboxMailId, group.Key.OutboundAccountId, [.. group.Select(row => row.Id)]))];
    }

    /// <summary>The recipients that are ours now; each row's update count decides.</summary>
    public async Task<List<OutboxRecipient>> TakeAsync(DueMail mail, CancellationToken cancel)
    {
        var (now, until) = (time.GetUtcNow().UtcDateTime, time.GetUtcNow().UtcDateTime + Length);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var taken = new List<long>();
        foreach (var id in mail.Recipients)
        {
            var count = await db.OutboxRecipients
                .Where(recipient => recipient.Id == id && (recipient.State == OutboxState.Queued || recipient.State == OutboxState.Deferred))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(recipient => recipient.State, OutboxState.Sending).SetProperty(recipient => recipient.NextAttemptAt, until)
                        .SetProperty(recipient => recipient.Attempts, recipient => recipient.Attempts + 1).SetProperty(recipient => recipient.DataAt, (DateTime?)null).SetProperty(recipient => recipient.UpdatedAt, now),
                    cancel);
            if (count == 1) taken.Add(id);
        }
        return await db.OutboxRecipients.AsNoTracking().Where(recipient => taken.Contains(recipient.Id)).OrderBy(recipient => recipient.Id).ToListAsync(cancel);
    }

    /// <summary>To be committed before the mail's last byte goes out: whoever dies after it leaves the outcome unknown.</summary>
    public async Task CompletingAsync(IEnumerable<long> ids, CancellationToken cancel)
    {
        var (taken, now) = (ids.ToArray(), time.GetUtcNow().UtcDateTime);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await db.OutboxRecipients.Where(recipient => taken.Contains(recipient.Id)).ExecuteUpdateAsync(set => set.SetProperty(recipient => recipient.DataAt, now), cancel);
    }

    /// <summary>Recipients whose sender died. Nothing had left for those without <see cref="OutboxRecipient.DataAt"/>: they are tried again.
    /// The others may have it: they are not.</summary>
    public async Task<int> RecoverAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var dead = db.OutboxRecipients.Where(recipient => recipient.State == OutboxState.Sending && recipient.NextAttemptAt < now);
        var unsure = await dead.Where(recipient => recipient.DataAt != null).ExecuteUpdateAsync(
            set => set.SetProperty(recipient => recipient.State, OutboxState.Uncertain).SetProperty(recipient => recipient.ServerAnswer, "The sender stopped while the server had the mail; its answer is unknown.")
                .SetProperty(recipient => recipient.NextAttemptAt, (DateTime?)null).SetProperty(recipient => recipient.UpdatedAt, now),
            cancel);
        return unsure + await dead.Where(recipient => recipient.DataAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(recipient => recipient.State, OutboxState.Deferred).SetProperty(recipient => recipient.NextAttemptAt, now).SetProperty(recipient => recipient.UpdatedAt, now), cancel);
    }
}
