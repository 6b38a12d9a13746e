using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Deliveries;

/// <summary>Reads what was heard of sent mails. Works the same with a million rows: by position, counts by index, and looking for words stops after a while.</summary>
public sealed class NewsQueries(IDbContextFactory<HelpdeskDb> contexts, TimeProvider time)
{
    private const int MaxPageSize = 500;
    private const int MaxCount = 1000;
    private const int Stretch = 5_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(80);

    /// <summary>Failures and complaints that nobody has seen to, up to a thousand; the navigation shows it.</summary>
    public async Task<int> OpenAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.DeliveryNews.Where(news => news.State == NewsState.Open).Take(MaxCount).CountAsync(cancel);
    }

    public async Task<NewsPart> ListAsync(NewsFilter filter, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var (started, size) = (time.GetTimestamp(), Math.Clamp(filter.PageSize, 1, MaxPageSize));
        var rows = filter.State is { } state ? db.DeliveryNews.AsNoTracking().Where(news => news.State == state) : db.DeliveryNews.AsNoTracking();
        var words = filter.Address?.Trim();
        // A whole address has an index of its own; a part of one has to be looked for.
        if (words is not null && words.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && words.IndexOf('.', at) > 0)
        {
            var address = words.ToLowerInvariant();
            rows = rows.Where(news => news.Address == address);
            words = null;
        }
        var search = filter.AuthorId is not null || words is { Length: > 0 };
        var found = new List<DeliveryNews>();
        for (var after = filter.After; ;)
        {
            var left = after is { } last ? rows.Where(news => news.Id < last) : rows;
            var ordered = left.OrderByDescending(news => news.Id);
            found.AddRange(await Matching(search ? ordered.Take(Stretch) : ordered, filter.AuthorId, words).OrderByDescending(news => news.Id).Take(size + 1 - found.Count).ToListAsync(cancel));
            if (found.Count > size) return new(await NamedAsync(db, found[..size], cancel), found[size - 1].Id, null);
            var edge = search ? await ordered.Skip(Stretch - 1).Select(news => new { news.Id, news.At }).FirstOrDefaultAsync(cancel) : null;
            if (edge is null) return new(await NamedAsync(db, found, cancel), null, null);
            after = edge.Id;
            if (time.GetElapsedTime(started) > Patience) return new(await NamedAsync(db, found, cancel), edge.Id, edge.At);
        }
    }

    /// <summary>The report that news came by, as it came; null: there is none, or it was deleted.</summary>
    public async Task<byte[]?> RawAsync(long newsId, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await (from news in db.DeliveryNews join raw in db.RawMails on news.StoredMailId equals raw.StoredMailId where news.Id == newsId select raw.Bytes).FirstOrDefaultAsync(cancel);
    }

    private static IQueryable<DeliveryNews> Matching(IQueryable<DeliveryNews> rows, string? author, string? words)
    {
        if (author is not null) rows = rows.Where(news => news.AuthorId == author);
        return words is { Length: > 0 } ? rows.Where(news => TextSearch.Contains(news.Address, words) || TextSearch.Contains(news.ReportedAddress, words)) : rows;
    }

    private static async Task<IReadOnlyList<NewsRow>> NamedAsync(HelpdeskDb db, List<DeliveryNews> found, CancellationToken cancel)
    {
        var tickets = found.Select(news => news.TicketId).OfType<long>().Distinct().ToArray();
        var named = tickets.Length == 0 ? [] : await db.Tickets.Where(ticket => EF.Parameter(tickets).Contains(ticket.Id)).Select(ticket => new { ticket.Id, ticket.Number, ticket.Subject }).ToDictionaryAsync(row => row.Id, cancel);
        var authors = found.Select(news => news.AuthorId).OfType<string>().Distinct().ToArray();
        var names = authors.Length == 0 ? [] : await db.Users.Where(user => EF.Parameter(authors).Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.DisplayName.Length > 0 ? user.DisplayName : user.UserName, cancel);
        return found.ConvertAll(news =>
        {
            var ticket = news.TicketId is { } id ? named.GetValueOrDefault(id) : null;
            return new NewsRow(news, ticket?.Number, ticket?.Subject, news.AuthorId is { } author ? names.GetValueOrDefault(author) : null);
        });
    }
}
