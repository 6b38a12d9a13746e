using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Routing.Loops;

/// <summary>When a stopped sender's mails came, as bars of a chart.</summary>
internal static class LoopTimes
{
    private const int MaxBars = 48;
    private const int MaxTimes = 20_000;
    private static readonly int[] Minutes = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440];

    public static async Task<LoopChart> ChartAsync(HelpdeskDb db, LoopIncident incident, CancellationToken cancel)
    {
        var (sender, from, to) = (incident.Sender, incident.StartedAt.AddMinutes(-Math.Max(1, incident.Minutes)), incident.LastAt);
        var taken = await db.LoopRecords.Where(row => row.Sender == sender && row.At > from && row.At <= to).OrderByDescending(row => row.At).Select(row => row.At).Take(MaxTimes).ToListAsync(cancel);
        var blocked = await db.Quarantine.Where(item => item.Sender == sender && item.Since > from && item.Since <= to && item.Reason == nameof(DecisionReason.LoopBlocked))
            .OrderByDescending(item => item.Since).Take(MaxTimes)
            .Select(item => new { item.Since, Released = db.StoredMails.Any(mail => mail.Id == item.StoredMailId && mail.DecidedBy == null && (mail.Decision == DecisionKind.CreateTicket || mail.Decision == DecisionKind.HoldAsContactRequest)) })
            .ToListAsync(cancel);
        var step = StepOf(to - from);
        var first = new DateTime(from.Ticks / step.Ticks * step.Ticks, DateTimeKind.Utc);
        var bars = new LoopBar[(int)((to - first) / step) + 1];
        for (var i = 0; i < bars.Length; i++) bars[i] = new LoopBar(first + (i * step), 0, 0);
        foreach (var at in taken) bars[Place(at)] = bars[Place(at)] with { Taken = bars[Place(at)].Taken + 1 };
        foreach (var item in blocked)
        {
            // One that was taken later counts as held back: that is the story. By now it has a record, too.
            var bar = bars[Place(item.Since)];
            bars[Place(item.Since)] = bar with { Taken = item.Released ? Math.Max(0, bar.Taken - 1) : bar.Taken, Blocked = bar.Blocked + 1 };
        }
        return new LoopChart(step, bars);

        int Place(DateTime at) => Math.Clamp((int)((at - first) / step), 0, bars.Length - 1);
    }

    private static TimeSpan StepOf(TimeSpan span)
    {
        var fits = Array.Find(Minutes, minutes => span.TotalMinutes / minutes <= MaxBars);
        return TimeSpan.FromMinutes(fits > 0 ? fits : 1440 * Math.Ceiling(span.TotalDays / MaxBars));
    }
}
