using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Routing.Addresses;

/// <summary>Reads alias domains, aliases and system addresses.</summary>
public sealed class AddressDirectory(IDbContextFactory<HelpdeskDb> contexts)
{
    private const int MaxPageSize = 500;

    /// <summary>All alias domains, the default one first, then by name; <paramref name="text"/> filters domain, addresses and departments.</summary>
    public async Task<IReadOnlyList<AliasDomainRow>> DomainsAsync(string? text = null, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var domains = await db.AliasDomains.AsNoTracking().Include(domain => domain.Retired).Include(domain => domain.EarlierNames).ToListAsync(cancel);
        var aliases = await db.Aliases.GroupBy(alias => alias.AliasDomainId).Select(group => new { Id = group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Id, group => group.Count, cancel);
        var departments = (await db.Departments.Where(department => department.AliasDomainId != null).Select(department => new { Id = department.AliasDomainId!.Value, department.Name }).ToListAsync(cancel))
            .ToLookup(department => department.Id, department => department.Name);
        var rows = domains.OrderByDescending(domain => domain.IsDefault).ThenBy(domain => domain.Domain, ByName.Comparer).Select(domain => new AliasDomainRow(
            domain.Id, domain.Domain, domain.CatchallAddress, domain.BounceAddress, domain.CompanyAddress, domain.IsDefault,
            aliases.GetValueOrDefault(domain.Id), [.. departments[domain.Id].Order(ByName.Comparer)], [.. domain.Retired.OrderByDescending(old => old.RetiredAt).ThenBy(old => old.Id)],
            [.. domain.EarlierNames.OrderByDescending(old => old.RetiredAt).ThenBy(old => old.Id)]));
        return [.. string.IsNullOrWhiteSpace(text) ? rows : rows.Where(row => Matches(row, text.Trim()))];
    }

    /// <summary>Aliases by local part.</summary>
    public async Task<Page<AliasRow>> AliasesAsync(AddressFilter filter, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var found =
            from alias in db.Aliases
            join domain in db.AliasDomains on alias.AliasDomainId equals domain.Id
            join queue in db.Queues on alias.QueueId equals queue.Id
            select new { alias, domain.Domain, queue.Name, queue.Color };
        if (filter.DomainId is { } only) found = found.Where(row => row.alias.AliasDomainId == only);
        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            var words = filter.Text.Trim();
            found = found.Where(row => TextSearch.Contains(row.alias.LocalPart + "@" + row.Domain, words) || TextSearch.Contains(row.Name, words));
        }
        var (skip, size) = Part(filter);
        var rows = await found.OrderBy(row => row.alias.LocalPart).ThenBy(row => row.Domain).Skip(skip).Take(size).Select(row => new AliasRow(
            row.alias.Id, row.alias.LocalPart + "@" + row.Domain, row.alias.AliasDomainId, row.alias.QueueId, row.Name, row.Color,
            row.alias.LocalPartDetection, row.alias.WhoMayWrite, row.alias.Refusal != null)).ToListAsync(cancel);
        return new Page<AliasRow>(rows, await found.CountAsync(cancel));
    }

    /// <summary>System addresses by address.</summary>
    public async Task<Page<SystemAddressRow>> SystemAddressesAsync(AddressFilter filter, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var found = from address in db.SystemAddresses join queue in db.Queues on address.QueueId equals queue.Id select new { address, queue.Name, queue.Color };
        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            var words = filter.Text.Trim();
            found = found.Where(row => TextSearch.Contains(row.address.Address, words) || TextSearch.Contains(row.address.DisplayName, words)
                || TextSearch.Contains(row.address.Comment, words) || TextSearch.Contains(row.Name, words));
        }
        var (skip, size) = Part(filter);
        var page = await found.OrderBy(row => row.address.Address).Skip(skip).Take(size).AsNoTracking().ToListAsync(cancel);
        var ids = page.ConvertAll(row => (long?)row.address.Id);
        var users = (await db.Queues.Where(queue => ids.Contains(queue.SystemAddressId)).Select(queue => new { queue.SystemAddressId, queue.Name }).ToListAsync(cancel))
            .ToLookup(queue => queue.SystemAddressId, queue => queue.Name);
        return new Page<SystemAddressRow>(
            [.. page.Select(row => new SystemAddressRow(
                row.address.Id, row.address.Address, row.address.DisplayName, row.address.QueueId, row.Name, row.Color, row.address.Validity, row.address.Comment, [.. users[row.address.Id].Order(ByName.Comparer)]))],
            await found.CountAsync(cancel));
    }

    /// <summary>Null: it is gone.</summary>
    public async Task<AliasDomainDraft?> DomainDraftAsync(long id, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var domain = await db.AliasDomains.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel);
        return domain is null ? null : AliasDomainDraft.Of(domain);
    }

    /// <summary>Null: it is gone.</summary>
    public async Task<AliasDraft?> AliasDraftAsync(long id, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var alias = await db.Aliases.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel);
        return alias is null ? null : AliasDraft.Of(alias);
    }

    /// <summary>Null: there is no such address.</summary>
    public async Task<SystemAddressDraft?> SystemAddressDraftAsync(long id, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var address = await db.SystemAddresses.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel);
        return address is null ? null : SystemAddressDraft.Of(address);
    }

    private static (int Skip, int Size) Part(AddressFilter filter)
    {
        var size = Math.Clamp(filter.PageSize, 1, MaxPageSize);
        return ((Math.Clamp(filter.Page, 1, 1_000_000) - 1) * size, size);
    }

    // There are few domains, and a department's name or an earlier address finds its domain, too.
    private static bool Matches(AliasDomainRow row, string words) =>
        new[] { row.CatchallAddress, row.BounceAddress, row.CompanyAddress ?? "" }.Concat(row.Departments).Concat(row.Retired.Select(old => $"{old.LocalPart}@{row.Domain}")).Concat(row.EarlierNames.Select(old => old.Domain))
            .Any(text => text.Contains(words, StringComparison.OrdinalIgnoreCase));
}
