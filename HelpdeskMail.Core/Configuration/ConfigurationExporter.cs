using System.Text.Json.Nodes;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Routing.Filters;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Configuration;

/// <summary>Writes the configuration as JSON (API.md, "Configuration"), without secrets.</summary>
public sealed class ConfigurationExporter(IDbContextFactory<HelpdeskDb> contexts)
{
    public async Task<JsonObject> ExportAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await ExportAsync(db, cancel);
    }

    internal static async Task<JsonObject> ExportAsync(HelpdeskDb db, CancellationToken cancel)
    {
        var accounts = await db.OutboundAccounts.AsNoTracking().ToListAsync(cancel);
        var departments = await db.Departments.AsNoTracking().Include(department => department.Queues).ToListAsync(cancel);
        var mailboxes = await db.Mailboxes.AsNoTracking().ToListAsync(cancel);
        var accountNames = accounts.ToDictionary(account => account.Id, account => account.Name);
        var queueNames = departments.SelectMany(department => department.Queues).ToDictionary(queue => queue.Id, queue => queue.Name);
        var domains = await db.AliasDomains.AsNoTracking().ToListAsync(cancel);
        var aliases = await db.Aliases.AsNoTracking().ToListAsync(cancel);
        var addresses = await db.SystemAddresses.AsNoTracking().ToListAsync(cancel);
        var domainNames = domains.ToDictionary(domain => domain.Id, domain => domain.Domain);
        var addressNames = addresses.ToDictionary(address => address.Id, address => address.Address);

        return new JsonObject
        {
            ["version"] = ConfigurationImporter.Version,
            ["settings"] = await SettingsAsync(db, accountNames, cancel),
            ["outboundAccounts"] = List(accounts.OrderBy(account => account.Name, StringComparer.Ordinal), OutboundAccountSection.Write),
            ["departments"] = List(departments.OrderBy(department => department.Name, StringComparer.Ordinal), department => DepartmentSection.Write(department, accountNames, domainNames, addressNames)),
            ["mailboxes"] = List(mailboxes.OrderBy(mailbox => mailbox.Name, StringComparer.Ordinal), mailbox => MailboxSection.Write(mailbox, queueNames, accountNames)),
            ["aliasDomains"] = List(domains.OrderBy(domain => domain.Domain, StringComparer.Ordinal), AliasDomainSection.Write),
            ["aliases"] = List(
                aliases.OrderBy(alias => domainNames[alias.AliasDomainId], StringComparer.Ordinal).ThenBy(alias => alias.LocalPart, StringComparer.Ordinal),
                alias => AliasSection.Write(alias, domainNames, queueNames)),
            ["notices"] = await NoticeSection.WriteAsync(db, cancel),
            ["systemAddresses"] = List(addresses.OrderBy(address => address.Address, StringComparer.Ordinal), address => SystemAddressSection.Write(address, queueNames)),
            ["filters"] = List(FilterSet.InOrder(await db.Filters.AsNoTracking().ToListAsync(cancel)), FilterSection.Write),
        };
    }

    private static async Task<JsonObject> SettingsAsync(HelpdeskDb db, Dictionary<long, string> accounts, CancellationToken cancel)
    {
        var saved = await SettingsStore.SavedAsync(db, cancel);
        var settings = new JsonObject();
        foreach (var parameter in Parameters.All.OrderBy(parameter => parameter.Key, StringComparer.Ordinal))
            settings[parameter.Key] = parameter.ToJson(saved.GetValueOrDefault(parameter.Key) ?? parameter.DefaultText);
        settings[GlobalAccount.Key] = await GlobalAccount.IdAsync(db, cancel) is { } id ? accounts.GetValueOrDefault(id) : null;
        return settings;
    }

    private static JsonArray List<T>(IEnumerable<T> rows, Func<T, JsonNode> write) => new([.. rows.Select(write)]);
}
