using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Data;

/// <summary>Looks for words in rows that no full-text index has, from the newest on, a stretch at a time, and gives up for now when it takes too long: with a
/// million rows a page still answers at once, and says how far it came.</summary>
internal sealed class PatientSearch(TimeProvider time)
{
    private const int Stretch = 10_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(80);

    /// <param name="after">Where to begin; null: at the newest row.</param>
    /// <param name="size">Rows wanted.</param>
    /// <param name="newestFirst">Rows after a position, in their order, by an index.</param>
    /// <param name="matching">Those that match; in their order again.</param>
    /// <param name="position">A row's position in that order.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<SearchedPart<T>> FindAsync<T>(
        ListPosition? after, int size, Func<ListPosition?, IQueryable<T>> newestFirst, Func<IQueryable<T>, IQueryable<T>> matching, Expression<Func<T, ListPosition>> position, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        var found = new List<T>();
        while (true)
        {
            var rows = newestFirst(after);
            found.AddRange(await matching(rows.Take(Stretch)).Take(size + 1 - found.Count).ToListAsync(cancel));
            if (found.Count > size) return new(found[..size], position.Compile()(found[size - 1]), null);
            var edge = await rows.Skip(Stretch - 1).Select(position).FirstOrDefaultAsync(cancel);
            if (edge is null) return new(found, null, null);
            after = edge;
            if (time.GetElapsedTime(started) > Patience) return new(found, after, edge.At);
        }
    }
}
