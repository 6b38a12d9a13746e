using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Deliveries;

/// <summary>Reads which addresses mail has failed to reach.</summary>
public sealed class AddressQueries(IDbContextFactory<HelpdeskDb> contexts)
{
    private const int MaxPageSize = 500;

    /// <summary>In the order of the alphabet, which goes on from an address at the same cost anywhere.</summary>
    /// <param name="undeliverable">Only those that mail can't reach now.</param>
    /// <param name="starts">What the address begins with; null: any.</param>
    /// <param name="after">Goes on after this address; null: from the first on.</param>
    public async Task<FailingAddressPart> ListAsync(bool undeliverable, string? starts, string? after, int pageSize = 50, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var size = Math.Clamp(pageSize, 1, MaxPageSize);
        var rows = db.FailingAddresses.AsNoTracking();
        if (undeliverable) rows = rows.Where(row => row.UndeliverableSince != null);
        if (starts?.Trim().ToLowerInvariant() is { Length: > 0 } prefix) rows = rows.Where(row => row.Address.StartsWith(prefix));
        if (after is not null) rows = rows.Where(row => string.Compare(row.Address, after) > 0);
        var found = await rows.OrderBy(row => row.Address).Take(size + 1).ToListAsync(cancel);
        return found.Count > size ? new(found[..size], found[size - 1].Address) : new(found, null);
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

/// <param name="Next">The address to go on after; null: that was all.</param>
public sealed record FailingAddressPart(IReadOnlyList<FailingAddress> Items, string? Next);
