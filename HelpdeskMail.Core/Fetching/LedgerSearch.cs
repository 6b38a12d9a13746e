using HelpdeskMail.Core.Data;

namespace HelpdeskMail.Core.Fetching;

/// <summary>Looks for words in a ledger's subjects and details.</summary>
internal sealed class LedgerSearch(TimeProvider time)
{
    private readonly PatientSearch search = new(time);

    public Task<SearchedPart<LedgerEntry>> FindAsync(IQueryable<LedgerEntry> rows, LedgerFilter filter, string words, int size, CancellationToken cancel)
    {
        rows = Between(rows, filter);
        return search.FindAsync(
            filter.After, size, after => Sorted(after is null ? rows : After(rows, after)), stretch => Sorted(Matching(stretch, filter, words)), entry => new ListPosition(entry.SeenAt, entry.Id), cancel);
    }

    public static IQueryable<LedgerEntry> Between(IQueryable<LedgerEntry> rows, LedgerFilter filter)
    {
        if (filter.From is { } from) rows = rows.Where(entry => entry.SeenAt >= from);
        if (filter.To is { } to) rows = rows.Where(entry => entry.SeenAt < to);
        return rows;
    }

    public static IQueryable<LedgerEntry> After(IQueryable<LedgerEntry> rows, ListPosition after) =>
        rows.Where(entry => entry.SeenAt <= after.At && (entry.SeenAt < after.At || entry.Id < after.Id));

    private static IQueryable<LedgerEntry> Sorted(IQueryable<LedgerEntry> rows) => rows.OrderByDescending(entry => entry.SeenAt).ThenByDescending(entry => entry.Id);

    private static IQueryable<LedgerEntry> Matching(IQueryable<LedgerEntry> rows, LedgerFilter filter, string words)
    {
        if (filter.State is { } state) rows = rows.Where(entry => entry.State == state);
        if (filter.Reason is { } reason) rows = rows.Where(entry => entry.Reason == reason);
        return rows.Where(entry => TextSearch.Contains(entry.Subject, words) || TextSearch.Contains(entry.Detail, words));
    }
}
