using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Mailboxes.Health;

/// <summary>Reads how a mailbox did: at most a week of hours, however large the ledger.</summary>
public sealed class MailboxHealthQueries(IDbContextFactory<HelpdeskDb> contexts, TimeProvider time)
{
    public const int DayHours = 24;
    private const int WeekHours = 7 * 24;

    public async Task<MailboxHealth> GetAsync(long mailboxId, CancellationToken cancel = default)
    {
        var current = MailboxHour.Of(time.GetUtcNow().UtcDateTime);
        var (day, week) = (current.AddHours(-DayHours), current.AddHours(-WeekHours));
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var rows = await db.MailboxHours.AsNoTracking().Where(hour => hour.MailboxId == mailboxId && hour.Hour >= week).ToDictionaryAsync(hour => hour.Hour, cancel);
        var hours = Enumerable.Range(0, DayHours + 1).Select(index => day.AddHours(index)).Select(hour => new HealthHour(hour, Figures(rows.TryGetValue(hour, out var row) ? [row] : [])));
        return new MailboxHealth(Figures(rows.Values.Where(row => row.Hour >= day)), Figures(rows.Values), [.. hours]);
    }

    /// <summary>The mailbox's error journal (E8): failures in a row as one entry, the newest first.</summary>
    public async Task<IReadOnlyList<MailboxTrouble>> TroublesAsync(long mailboxId, int most = 20, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.MailboxTroubles.AsNoTracking().Where(trouble => trouble.MailboxId == mailboxId).OrderByDescending(trouble => trouble.Id).Take(most).ToListAsync(cancel);
    }

    private static HealthFigures Figures(IEnumerable<MailboxHour> hours)
    {
        var (counts, fetches, failures) = (new List<int>(), 0, 0);
        foreach (var hour in hours)
        {
            LatencyScale.Merge(counts, hour.Latency);
            fetches += hour.Fetches;
            failures += hour.Failures;
        }
        return new HealthFigures(counts.Sum(), LatencyOf(counts), fetches, failures);
    }

    private static Latency? LatencyOf(List<int> counts) =>
        LatencyScale.Percentile(counts, 0.5) is { } median && LatencyScale.Percentile(counts, 0.95) is { } p95 ? new Latency(median, p95) : null;
}
