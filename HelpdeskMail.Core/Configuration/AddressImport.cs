using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Routing.Addresses;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Configuration;

/// <summary>The sections about addresses: alias domains, aliases, system addresses. They have no name; what they are matched by is their address.</summary>
internal sealed class AddressImport(ImportRun run, AliasDomainEditor domainEditor)
{
    private readonly NameIndex addresses = new("system address");
    private readonly NameIndex aliases = new("alias");

    public NameIndex Domains { get; } = new("alias domain");

    public async Task LoadAsync(HelpdeskDb db, CancellationToken cancel)
    {
        foreach (var row in await db.AliasDomains.Select(row => new { row.Domain, row.Id }).ToListAsync(cancel)) Domains.Add(row.Domain, row.Id);
        foreach (var row in await db.SystemAddresses.Select(row => new { row.Address, row.Id }).ToListAsync(cancel)) addresses.Add(row.Address, row.Id);
        foreach (var row in await db.Aliases.Select(row => new { row.LocalPart, row.AliasDomain!.Domain, row.Id }).ToListAsync(cancel)) aliases.Add($"{row.LocalPart}@{row.Domain}", row.Id);
    }

    public async Task DomainAsync(HelpdeskDb db, JsonFields fields, CancellationToken cancel)
    {
        var name = run.KeyOf(fields, Domains, "domain", DomainName.Tidy(fields.Peek("domain") ?? ""));
        var saved = Domains.Find(name) is { } id ? await db.AliasDomains.FindAsync([id], cancel) : null;
        var draft = saved is null ? new AliasDomainDraft() : AliasDomainDraft.Of(saved);
        AliasDomainSection.Read(fields, draft);
        var wrong = new Faults();
        var domain = await domainEditor.ApplyAsync(db, draft, wrong, cancel);
        await run.SaveAsync(fields, wrong, Domains, name, domain, row => row.Id, cancel);
    }

    public async Task AliasAsync(HelpdeskDb db, JsonFields fields, Func<string, string?, long?> queue, CancellationToken cancel)
    {
        var domainName = DomainName.Tidy(fields.Peek("domain") ?? "");
        var name = run.KeyOf(fields, aliases, "localPart", $"{(fields.Peek("localPart") ?? "").Trim().ToLowerInvariant()}@{domainName}");
        var saved = aliases.Find(name) is { } id ? await db.Aliases.FindAsync([id], cancel) : null;
        var wrong = new Faults();
        var draft = saved is null ? new AliasDraft { AliasDomainId = Domains.Resolve("domain", domainName, wrong) } : AliasDraft.Of(saved);
        var domainTold = wrong.Any || draft.AliasDomainId is null;
        AliasSection.Read(fields, draft, queue);
        var alias = await AliasEditor.ApplyAsync(db, draft, wrong, cancel);
        if (domainTold) wrong.KeepFirst("domain");
        await run.SaveAsync(fields, wrong, aliases, name, alias, row => row.Id, cancel);
    }

    public async Task SystemAddressAsync(HelpdeskDb db, JsonFields fields, Func<string, string?, long?> queue, CancellationToken cancel)
    {
        var name = run.KeyOf(fields, addresses, "address", (fields.Peek("address") ?? "").Trim().ToLowerInvariant());
        var saved = addresses.Find(name) is { } id ? await db.SystemAddresses.FindAsync([id], cancel) : null;
        var draft = saved is null ? new SystemAddressDraft() : SystemAddressDraft.Of(saved);
        SystemAddressSection.Read(fields, draft, queue);
        var wrong = new Faults();
        var address = await SystemAddressEditor.ApplyAsync(db, draft, wrong, cancel);
        await run.SaveAsync(fields, wrong, addresses, name, address, row => row.Id, cancel);
    }

    /// <summary>Queues refer to system addresses and those to queues, so this reference is set when both are there.</summary>
    public async Task QueueAddressAsync(HelpdeskDb db, string path, string queue, long queueId, string? address, CancellationToken cancel)
    {
        var id = addresses.Resolve(path, address?.Trim().ToLowerInvariant(), run.Faults);
        if (await db.Queues.FindAsync([queueId], cancel) is not { } row) throw new InvalidOperationException($"Queue {queue} has just been saved.");
        row.SystemAddressId = id;
        await db.SaveChangesAsync(cancel);
    }
}
