using System.Text.Json.Nodes;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Outbound;
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

        return new JsonObject
        {
            ["version"] = ConfigurationImporter.Version,
            ["settings"] = await SettingsAsync(db, accountNames, cancel),
            ["outboundAccounts"] = List(accounts.OrderBy(account => account.Name, StringComparer.Ordinal), OutboundAccountSection.Write),
            ["departments"] = List(departments.OrderBy(department => department.Name, StringComparer.Ordinal), department => DepartmentSection.Write(department, accountNames)),
            ["mailboxes"] = List(mailboxes.OrderBy(mailbox => mailbox.Name, StringComparer.Ordinal), mailbox => MailboxSection.Write(mailbox, queueNames, accountNames)),
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
