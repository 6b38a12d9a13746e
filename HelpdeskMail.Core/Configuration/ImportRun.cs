using System.Text.Json;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Keys;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Routing.Addresses;
using HelpdeskMail.Core.Routing.Filters;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Configuration;

/// <summary>
/// One import, within its transaction. Sections go in the order in which they refer to each other, each saved before the next, so that a reference
/// is an id whether its target was there before or has just come. The rules are the forms' own.
/// </summary>
internal sealed class ImportRun(HelpdeskDb db, MailboxEditor mailboxEditor, OutboundAccountEditor accountEditor, AliasDomainEditor domainEditor, FilterEditor filterEditor, SecretProtector secrets)
{
    private readonly NameIndex accounts = new("outbound account");
    private readonly NameIndex departments = new("department");
    private readonly NameIndex queues = new("queue");
    private readonly NameIndex mailboxes = new("mailbox");
    private readonly NameIndex filters = new("filter");
    private readonly List<(string Path, string Queue, string? Address)> queueAddresses = [];

    public Faults Faults { get; } = new();

    /// <summary>Differences that an export doesn't show.</summary>
    public List<string> Secrets { get; } = [];

    public async Task ReadAsync(JsonElement root, CancellationToken cancel)
    {
        foreach (var row in await db.OutboundAccounts.Select(row => new { row.Name, row.Id }).ToListAsync(cancel)) accounts.Add(row.Name, row.Id);
        foreach (var row in await db.Departments.Select(row => new { row.Name, row.Id }).ToListAsync(cancel)) departments.Add(row.Name, row.Id);
        foreach (var row in await db.Queues.Select(row => new { row.Name, row.Id }).ToListAsync(cancel)) queues.Add(row.Name, row.Id);
        foreach (var row in await db.Mailboxes.Select(row => new { row.Name, row.Id }).ToListAsync(cancel)) mailboxes.Add(row.Name, row.Id);
        foreach (var row in await db.Filters.Select(row => new { row.Name, row.Id }).ToListAsync(cancel)) filters.Add(row.Name, row.Id);
        var addresses = new AddressImport(this, domainEditor);
        await addresses.LoadAsync(db, cancel);

        var fields = new JsonFields(root, "", Faults);
        fields.Number("version", version =>
        {
            if (version != ConfigurationImporter.Version) Faults.Add("version", $"Version {version} is unknown; this is version {ConfigurationImporter.Version}.");
        });
        foreach (var item in fields.Objects("outboundAccounts")) await AccountAsync(item, cancel);
        foreach (var item in fields.Objects("aliasDomains")) await addresses.DomainAsync(db, item, cancel);
        foreach (var item in fields.Objects("departments")) await DepartmentAsync(item, addresses.Domains, cancel);
        foreach (var item in fields.Objects("systemAddresses")) await addresses.SystemAddressAsync(db, item, (field, value) => queues.Resolve(item.PathOf(field), value, Faults), cancel);
        foreach (var (path, queue, address) in queueAddresses)
        {
            if (queues.Find(queue) is { } queueId) await addresses.QueueAddressAsync(db, path, queue, queueId, address, cancel);
        }
        foreach (var item in fields.Objects("filters")) await FilterAsync(item, cancel);
        foreach (var item in fields.Objects("aliases")) await addresses.AliasAsync(db, item, (field, value) => queues.Resolve(item.PathOf(field), value, Faults), cancel);
        foreach (var item in fields.Objects("mailboxes")) await MailboxAsync(item, cancel);
        foreach (var item in fields.Objects("notices")) await NoticeSection.ReadAsync(db, item, Faults, cancel);
        await SettingsAsync(fields.Map("settings"), cancel);
        fields.End();
    }

    private async Task AccountAsync(JsonFields fields, CancellationToken cancel)
    {
        var name = NameOf(fields, accounts);
        var saved = accounts.Find(name) is { } id ? await db.OutboundAccounts.FindAsync([id], cancel) : null;
        var draft = saved is null ? new OutboundAccountDraft { Authenticate = false } : OutboundAccountDraft.Of(saved, isGlobal: false);
        OutboundAccountSection.Read(fields, draft);
        NoteSecret($"outboundAccounts \"{name}\"", saved is not null, saved?.ProtectedPassword, draft.Password);

        var wrong = new Faults();
        var account = await accountEditor.ApplyAsync(db, draft, wrong, cancel);
        await SaveAsync(fields, wrong, accounts, name, account, row => row.Id, cancel);
    }

    private async Task DepartmentAsync(JsonFields fields, NameIndex domains, CancellationToken cancel)
    {
        var name = NameOf(fields, departments);
        var saved = departments.Find(name) is { } id ? await db.Departments.FindAsync([id], cancel) : null;
        var draft = saved is null ? new DepartmentDraft() : DepartmentDraft.Of(saved);
        DepartmentSection.Read(
            fields,
            draft,
            (field, value) => accounts.Resolve(fields.PathOf(field), value, Faults),
            (field, value) => domains.Resolve(fields.PathOf(field), value is null ? null : DomainName.Tidy(value), Faults));
        var items = fields.Objects("queues");
        fields.End();

        var wrong = new Faults();
        var department = await DepartmentEditor.ApplyAsync(db, draft, wrong, cancel);
        await SaveAsync(fields, wrong, departments, name, department, row => row.Id, cancel);
        foreach (var item in items) await QueueAsync(item, department, cancel);
    }

    private async Task QueueAsync(JsonFields fields, Department? department, CancellationToken cancel)
    {
        var name = NameOf(fields, queues);
        var saved = queues.Find(name) is { } id ? await db.Queues.FindAsync([id], cancel) : null;
        var draft = saved is null ? new QueueDraft() : QueueDraft.Of(saved);
        if (department is not null) draft.DepartmentId = department.Id;
        DepartmentSection.Read(fields, draft, address => queueAddresses.Add((fields.PathOf("systemAddress"), name, address)));

        var wrong = new Faults();
        var queue = await DepartmentEditor.ApplyAsync(db, draft, wrong, cancel);
        if (department is null) wrong.Forget("department"); // its own faults have been told
        await SaveAsync(fields, wrong, queues, name, queue, row => row.Id, cancel);
    }

    private async Task MailboxAsync(JsonFields fields, CancellationToken cancel)
    {
        var name = NameOf(fields, mailboxes);
        var saved = mailboxes.Find(name) is { } id ? await db.Mailboxes.FindAsync([id], cancel) : null;
        var draft = saved is null ? new MailboxDraft() : MailboxDraft.Of(saved);
        var queueTold = false;
        MailboxSection.Read(
            fields,
            draft,
            (field, value) =>
            {
                var queue = queues.Resolve(fields.PathOf(field), value, Faults);
                queueTold = queue is null;
                return queue;
            },
            (field, value) => accounts.Resolve(fields.PathOf(field), value, Faults));
        NoteSecret($"mailboxes \"{name}\"", saved is not null, saved?.ProtectedPassword, draft.Password);

        var wrong = new Faults();
        var mailbox = await mailboxEditor.ApplyAsync(db, draft, wrong, cancel);
        if (queueTold) wrong.Forget("queue");
        await SaveAsync(fields, wrong, mailboxes, name, mailbox, row => row.Id, cancel);
    }

    private async Task FilterAsync(JsonFields fields, CancellationToken cancel)
    {
        var name = NameOf(fields, filters);
        var saved = filters.Find(name) is { } id ? await db.Filters.FindAsync([id], cancel) : null;
        var draft = saved is null ? new FilterDraft() : FilterDraft.Of(saved);
        FilterSection.Read(fields, draft);
        var wrong = new Faults();
        var filter = await filterEditor.ApplyAsync(db, draft, Actor.System, wrong, cancel);
        await SaveAsync(fields, wrong, filters, name, filter, row => row.Id, cancel);
    }

    private async Task SettingsAsync(IReadOnlyDictionary<string, JsonElement> settings, CancellationToken cancel)
    {
        var wrong = new Faults();
        foreach (var (key, value) in settings)
        {
            if (value.ValueKind is not (JsonValueKind.Null or JsonValueKind.String or JsonValueKind.Number)) wrong.Add(key, "Must be a text, a number or null.");
            else if (key == GlobalAccount.Key) await GlobalAsync(key, value, wrong, cancel);
            else await SettingsStore.ApplyAsync(db, key, value.ValueKind == JsonValueKind.Null ? null : value.ToString(), wrong, cancel);
        }

        Faults.AddAll("settings.", wrong);
        await db.SaveChangesAsync(cancel);
    }

    private async Task GlobalAsync(string key, JsonElement value, Faults wrong, CancellationToken cancel) =>
        await GlobalAccount.SetAsync(db, accounts.Resolve(key, value.ValueKind == JsonValueKind.Null ? null : value.ToString(), wrong), cancel);

    internal async Task SaveAsync<T>(JsonFields fields, Faults wrong, NameIndex index, string name, T? row, Func<T, long> id, CancellationToken cancel)
        where T : class
    {
        Faults.AddAll(fields.Path + ".", wrong);
        if (row is null)
        {
            index.Faulty(name);
            return;
        }

        await db.SaveChangesAsync(cancel);
        index.Add(name, id(row));
    }

    /// <summary>What an item is matched by; told where the file has it twice.</summary>
    internal string KeyOf(JsonFields fields, NameIndex index, string field, string key)
    {
        if (key.Length > 0 && !index.Mention(key)) Faults.Add(fields.PathOf(field), $"\"{key}\" is here twice.");
        return key;
    }

    private string NameOf(JsonFields fields, NameIndex index) => KeyOf(fields, index, "name", fields.Peek("name")?.Trim() ?? "");

    private void NoteSecret(string whose, bool there, string? saved, string? given)
    {
        if (there && !string.IsNullOrEmpty(given) && secrets.Unprotect(saved) != given) Secrets.Add($"{whose} password: changed");
    }
}
