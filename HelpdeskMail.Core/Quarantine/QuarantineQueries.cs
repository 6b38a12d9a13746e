using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Quarantine;

/// <summary>Reads the quarantine. Works the same with a million items: by position, counts by index, and looking for words stops after a while.</summary>
public sealed class QuarantineQueries(IDbContextFactory<HelpdeskDb> contexts, TimeProvider time)
{
    private const int MaxPageSize = 500;
    private const int Stretch = 5_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(80);

    /// <summary>How many wait for somebody; the navigation shows it.</summary>
    public async Task<int> CountAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Quarantine.CountAsync(item => item.Open, cancel);
    }

    /// <summary>What waits, by reason, most first.</summary>
    public async Task<IReadOnlyList<QuarantineCount>> CountsAsync(bool open = true, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var counts = new List<QuarantineCount>();
        // From one reason to the next by index, and each counted by itself: with a million rows a third of what grouping them costs.
        for (var last = ""; await NextReasonAsync(db, open, last, cancel) is { } reason; last = reason)
            counts.Add(new QuarantineCount(reason, await db.Quarantine.CountAsync(item => item.Open == open && item.Reason == reason, cancel)));
        return [.. counts.OrderByDescending(row => row.Count).ThenBy(row => row.Reason, StringComparer.Ordinal)];
    }

    public async Task<QuarantineRow?> GetAsync(long id, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var item = await db.Quarantine.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel);
        return item is null ? null : (await NamedAsync(db, [item], cancel))[0];
    }

    public async Task<QuarantinePart> ListAsync(QuarantineFilter filter, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var (started, size) = (time.GetTimestamp(), Math.Clamp(filter.PageSize, 1, MaxPageSize));
        var rows = db.Quarantine.AsNoTracking().Where(item => item.Open == filter.Open);
        if (filter.Reason is { Length: > 0 } reason) rows = rows.Where(item => item.Reason == reason);
        var found = new List<QuarantineItem>();
        for (var after = filter.After; ;)
        {
            var left = after is { } last ? rows.Where(item => item.Id < last) : rows;
            var ordered = left.OrderByDescending(item => item.Id);
            found.AddRange(await Matching(IsSearch(filter) ? ordered.Take(Stretch) : ordered, filter).OrderByDescending(item => item.Id).Take(size + 1 - found.Count).ToListAsync(cancel));
            if (found.Count > size) return new(await NamedAsync(db, found[..size], cancel), found[size - 1].Id, null);
            var edge = IsSearch(filter) ? await ordered.Skip(Stretch - 1).Select(item => new { item.Id, item.Since }).FirstOrDefaultAsync(cancel) : null;
            if (edge is null) return new(await NamedAsync(db, found, cancel), null, null);
            after = edge.Id;
            if (time.GetElapsedTime(started) > Patience) return new(await NamedAsync(db, found, cancel), edge.Id, edge.Since);
        }
    }

    private static Task<string?> NextReasonAsync(HelpdeskDb db, bool open, string last, CancellationToken cancel) =>
        db.Quarantine.Where(item => item.Open == open && item.Reason.CompareTo(last) > 0).OrderBy(item => item.Reason).Select(item => item.Reason).FirstOrDefaultAsync(cancel);

    private static bool IsSearch(QuarantineFilter filter) => filter.MailboxId is not null || !string.IsNullOrWhiteSpace(filter.Text);

    private static IQueryable<QuarantineItem> Matching(IQueryable<QuarantineItem> rows, QuarantineFilter filter)
    {
        if (filter.MailboxId is { } mailbox) rows = rows.Where(item => item.MailboxId == mailbox);
        return filter.Text?.Trim() is { Length: > 0 } words
            ? rows.Where(item => TextSearch.Contains(item.Subject, words) || TextSearch.Contains(item.Sender, words) || TextSearch.Contains(item.Sentence, words))
            : rows;
    }

    private static async Task<IReadOnlyList<QuarantineRow>> NamedAsync(HelpdeskDb db, List<QuarantineItem> items, CancellationToken cancel)
    {
        var ids = items.Select(item => item.MailboxId).OfType<long>().Distinct().ToArray();
        var names = ids.Length == 0 ? [] : await db.Mailboxes.Where(mailbox => EF.Parameter(ids).Contains(mailbox.Id)).ToDictionaryAsync(mailbox => mailbox.Id, mailbox => mailbox.Name, cancel);
        return items.ConvertAll(item => new QuarantineRow(item, item.MailboxId is { } id ? names.GetValueOrDefault(id) : null));
    }
}
