using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Fetching;

/// <summary>Reads a mailbox's ledger: the proof in figures, and its rows. Works the same with a million rows: figures come from an index alone,
/// lists go on by position, and looking for words stops after a while and says how far it came.</summary>
public sealed class LedgerQueries(IDbContextFactory<HelpdeskDb> contexts, TimeProvider time)
{
    private const int MaxPageSize = 500;

    private readonly LedgerSearch search = new(time);

    public async Task<LedgerSummary> SummaryAsync(long mailboxId, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var status = await db.MailboxStatuses.Where(row => row.MailboxId == mailboxId).Select(row => new { row.InFolder, row.InArchive, row.CountedAt }).FirstOrDefaultAsync(cancel);
        return new LedgerSummary(status?.InFolder, status?.InArchive ?? 0, status?.CountedAt, await CountsAsync(db, mailboxId, cancel));
    }

    /// <summary>What the last reconcile found; null: there was none.</summary>
    public async Task<Reconciliation?> ReconciliationAsync(long mailboxId, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Reconciliations.AsNoTracking().FirstOrDefaultAsync(row => row.MailboxId == mailboxId, cancel);
    }

    /// <param name="counts">Of <see cref="SummaryAsync"/>: says which reasons there are, and how many rows.</param>
    public async Task<LedgerPart> ListAsync(long mailboxId, LedgerFilter filter, IReadOnlyList<LedgerCount> counts, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var size = Math.Clamp(filter.PageSize, 1, MaxPageSize);
        var rows = db.Ledger.AsNoTracking().Where(entry => entry.MailboxId == mailboxId);
        if (filter.Text?.Trim() is { Length: > 0 } words)
        {
            if (await ExactAsync(db, rows, words, filter, cancel) is { Count: > 0 } exact) return new(await WithLinksAsync(db, exact, cancel), exact.Count, null, null);
            var found = await search.FindAsync(rows, filter, words, size, cancel);
            return new(await WithLinksAsync(db, [.. found.Items], cancel), null, found.Next, found.SearchedTo);
        }
        var (entries, total) = filter.State is null && filter.Reason is null
            ? await AllAsync(rows, filter, size + 1, counts, cancel)
            : await PartitionsAsync(rows, filter, size + 1, counts, cancel);
        var shown = entries.Take(size).ToList();
        return new(await WithLinksAsync(db, shown, cancel), total, entries.Count > size ? Position(shown[^1]) : null, null);
    }

    private static async Task<(List<LedgerEntry>, int)> AllAsync(IQueryable<LedgerEntry> rows, LedgerFilter filter, int take, IReadOnlyList<LedgerCount> counts, CancellationToken cancel)
    {
        var found = LedgerSearch.Between(rows, filter);
        var total = filter.From is null && filter.To is null ? counts.Sum(row => row.Count) : await found.CountAsync(cancel);
        if (filter.After is { } after) found = LedgerSearch.After(found, after);
        return (await found.OrderByDescending(entry => entry.SeenAt).ThenByDescending(entry => entry.Id).Skip(Skipped(filter)).Take(take).ToListAsync(cancel), total);
    }

    /// <summary>Each state and reason is a stretch of the index in the order of ids, which is that of time; the stretches are merged.</summary>
    private static async Task<(List<LedgerEntry>, int)> PartitionsAsync(IQueryable<LedgerEntry> rows, LedgerFilter filter, int take, IReadOnlyList<LedgerCount> counts, CancellationToken cancel)
    {
        var (first, end) = await BoundsAsync(rows, filter, cancel);
        var skip = Skipped(filter);
        var (found, total) = (new List<LedgerEntry>(), 0);
        foreach (var part in counts.Where(row => (filter.State is null || row.State == filter.State) && (filter.Reason is null || row.Reason == filter.Reason)))
        {
            var (state, reason) = (part.State, part.Reason);
            var stretch = rows.Where(entry => entry.State == state && entry.Reason == reason);
            if (first is { } from) stretch = stretch.Where(entry => entry.Id >= from);
            if (end is { } to) stretch = stretch.Where(entry => entry.Id < to);
            total += first is null && end is null ? part.Count : await stretch.CountAsync(cancel);
            if (filter.After is { } after) stretch = stretch.Where(entry => entry.Id < after.Id);
            found.AddRange(await stretch.OrderByDescending(entry => entry.Id).Take(skip + take).ToListAsync(cancel));
        }
        return ([.. found.OrderByDescending(entry => entry.Id).Skip(skip).Take(take)], total);
    }

    /// <summary>Days as ids: the first row of the range, and the first after it.</summary>
    private static async Task<(long? First, long? End)> BoundsAsync(IQueryable<LedgerEntry> rows, LedgerFilter filter, CancellationToken cancel)
    {
        long? first = filter.From is { } from ? await FirstAsync(from) ?? long.MaxValue : null;
        return (first, filter.To is { } to ? await FirstAsync(to) : null);

        Task<long?> FirstAsync(DateTime at) =>
            rows.Where(entry => entry.SeenAt >= at).OrderBy(entry => entry.SeenAt).ThenBy(entry => entry.Id).Select(entry => (long?)entry.Id).FirstOrDefaultAsync(cancel);
    }

    /// <summary>What people copy from elsewhere: a ticket's number, an identity.</summary>
    private static async Task<List<LedgerEntry>> ExactAsync(HelpdeskDb db, IQueryable<LedgerEntry> rows, string words, LedgerFilter filter, CancellationToken cancel)
    {
        if (filter.State is { } state) rows = rows.Where(entry => entry.State == state);
        if (filter.Reason is { } reason) rows = rows.Where(entry => entry.Reason == reason);
        rows = LedgerSearch.Between(rows, filter);
        if (TicketNumber.TryParse(words.Trim('[', ']', '#', ' '), out var number))
        {
            var exact = number.Value.Value;
            if (await db.Tickets.Where(ticket => ticket.Number == exact).Select(ticket => (long?)ticket.Id).FirstOrDefaultAsync(cancel) is { } ticket)
                return await rows.Where(entry => entry.TicketId == ticket).OrderByDescending(entry => entry.Id).Take(MaxPageSize).ToListAsync(cancel);
        }
        return await rows.Where(entry => entry.Identity == words).ToListAsync(cancel);
    }

    private static Task<List<LedgerCount>> CountsAsync(HelpdeskDb db, long mailboxId, CancellationToken cancel) =>
        db.Ledger.Where(entry => entry.MailboxId == mailboxId).GroupBy(entry => new { entry.State, entry.Reason })
            .Select(group => new LedgerCount(group.Key.State, group.Key.Reason, group.Count())).ToListAsync(cancel);

    private static async Task<IReadOnlyList<LedgerRow>> WithLinksAsync(HelpdeskDb db, List<LedgerEntry> entries, CancellationToken cancel)
    {
        var tickets = entries.Select(entry => entry.TicketId).OfType<long>().Distinct().ToArray();
        var numbers = tickets.Length == 0 ? [] : await db.Tickets.Where(ticket => EF.Parameter(tickets).Contains(ticket.Id)).ToDictionaryAsync(ticket => ticket.Id, ticket => ticket.Number, cancel);
        var held = entries.Where(entry => entry.State == LedgerState.Quarantined).Select(entry => (long?)entry.Id).ToArray();
        var items = held.Length == 0 ? [] : await db.Quarantine.Where(item => EF.Parameter(held).Contains(item.LedgerEntryId) && item.Open)
            .Select(item => new { item.Id, Entry = item.LedgerEntryId!.Value }).ToDictionaryAsync(item => item.Entry, item => item.Id, cancel);
        return entries.ConvertAll(entry => new LedgerRow(
            entry, entry.TicketId is { } ticket ? numbers.GetValueOrDefault(ticket) : null, items.TryGetValue(entry.Id, out var item) ? item : null));
    }

    private static int Skipped(LedgerFilter filter) => filter.After is null ? (Math.Max(filter.Page, 1) - 1) * Math.Clamp(filter.PageSize, 1, MaxPageSize) : 0;

    private static ListPosition Position(LedgerEntry entry) => new(entry.SeenAt, entry.Id);
}
