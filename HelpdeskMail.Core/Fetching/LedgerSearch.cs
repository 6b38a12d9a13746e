using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Fetching;

/// <summary>Looks for words in a ledger's subjects, from the newest row on, a stretch at a time, and gives up for now when it takes too long.</summary>
internal sealed class LedgerSearch(TimeProvider time)
{
    private const int Stretch = 10_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(80);

    public async Task<(List<LedgerEntry> Found, ListPosition? Next, DateTime? SearchedTo)> FindAsync(IQueryable<LedgerEntry> rows, LedgerFilter filter, string words, int size, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        var found = new List<LedgerEntry>();
        rows = Between(rows, filter);
        for (var position = filter.After; ;)
        {
            var left = position is null ? rows : After(rows, position);
            var ordered = left.OrderByDescending(entry => entry.SeenAt).ThenByDescending(entry => entry.Id);
            found.AddRange(await Matching(ordered.Take(Stretch), filter, words).OrderByDescending(entry => entry.SeenAt).ThenByDescending(entry => entry.Id).Take(size + 1 - found.Count).ToListAsync(cancel));
            if (found.Count > size) return (found[..size], new(found[size - 1].SeenAt, found[size - 1].Id), null);
            var edge = await ordered.Skip(Stretch - 1).Select(entry => new { entry.SeenAt, entry.Id }).FirstOrDefaultAsync(cancel);
            if (edge is null) return (found, null, null);
            position = new(edge.SeenAt, edge.Id);
            if (time.GetElapsedTime(started) > Patience) return (found, position, edge.SeenAt);
        }
    }

    public static IQueryable<LedgerEntry> Between(IQueryable<LedgerEntry> rows, LedgerFilter filter)
    {
        if (filter.From is { } from) rows = rows.Where(entry => entry.SeenAt >= from);
        if (filter.To is { } to) rows = rows.Where(entry => entry.SeenAt < to);
        return rows;
    }

    public static IQueryable<LedgerEntry> After(IQueryable<LedgerEntry> rows, ListPosition after) =>
        rows.Where(entry => entry.SeenAt < after.At || (entry.SeenAt == after.At && entry.Id < after.Id));

    private static IQueryable<LedgerEntry> Matching(IQueryable<LedgerEntry> rows, LedgerFilter filter, string words)
    {
        if (filter.State is { } state) rows = rows.Where(entry => entry.State == state);
        if (filter.Reason is { } reason) rows = rows.Where(entry => entry.Reason == reason);
        return rows.Where(entry => TextSearch.Contains(entry.Subject, words) || TextSearch.Contains(entry.Detail, words));
    }
}
