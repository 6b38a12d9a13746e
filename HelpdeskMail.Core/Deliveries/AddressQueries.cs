using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Deliveries;

/// <summary>Reads which addresses mail has failed to reach.</summary>
public sealed class AddressQueries(IDbContextFactory<HelpdeskDb> contexts)
{
    private const int MaxPageSize = 500;

    /// <summary>Undeliverable ones by when they became so, all by when they failed first; newest first.</summary>
    /// <param name="undeliverable">Only those that mail can't reach now.</param>
    /// <param name="starts">What the address begins with; null: any.</param>
    /// <param name="after">Only those after this one.</param>
    public async Task<FailingAddressPart> ListAsync(bool undeliverable, string? starts, ListPosition? after, int pageSize = 50, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var size = Math.Clamp(pageSize, 1, MaxPageSize);
        var rows = db.FailingAddresses.AsNoTracking();
        if (starts?.Trim().ToLowerInvariant() is { Length: > 0 } prefix) rows = rows.Where(row => row.Address.StartsWith(prefix));
        List<FailingAddress> found;
        if (undeliverable)
        {
            rows = rows.Where(row => row.UndeliverableSince != null);
            if (after is { } last) rows = rows.Where(row => row.UndeliverableSince <= last.At && (row.UndeliverableSince < last.At || row.Id < last.Id));
            found = await rows.OrderByDescending(row => row.UndeliverableSince).ThenByDescending(row => row.Id).Take(size + 1).ToListAsync(cancel);
        }
        else
        {
            if (after is { } last) rows = rows.Where(row => row.Id < last.Id);
            found = await rows.OrderByDescending(row => row.Id).Take(size + 1).ToListAsync(cancel);
        }
        return found.Count > size ? new(found[..size], new ListPosition(found[size - 1].UndeliverableSince ?? default, found[size - 1].Id)) : new(found, null);
    }

    /// <summary>Of these, those that mail can't reach.</summary>
    public async Task<IReadOnlyList<FailingAddress>> UndeliverableAsync(IReadOnlyCollection<string> addresses, CancellationToken cancel = default)
    {
        if (addresses.Count == 0) return [];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await UndeliverableAsync(db, addresses, cancel);
    }

    internal static async Task<List<FailingAddress>> UndeliverableAsync(HelpdeskDb db, IEnumerable<string> addresses, CancellationToken cancel)
    {
        var wanted = addresses.Select(address => address.Trim().ToLowerInvariant()).Distinct().ToArray();
        return await db.FailingAddresses.AsNoTracking().Where(row => EF.Parameter(wanted).Contains(row.Address) && row.UndeliverableSince != null).OrderBy(row => row.Address).ToListAsync(cancel);
    }
}

/// <param name="Next">Where to go on; null: that was all.</param>
public sealed record FailingAddressPart(IReadOnlyList<FailingAddress> Items, ListPosition? Next);
