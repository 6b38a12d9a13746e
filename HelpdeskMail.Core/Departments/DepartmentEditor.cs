using System.Text.RegularExpressions;
using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Departments;

/// <summary>Saves and removes departments and queues. Nothing that is in use can be removed; the fault says by what.</summary>
public sealed partial class DepartmentEditor(IDbContextFactory<HelpdeskDb> contexts)
{
    public Task<Outcome<long>> SaveDepartmentAsync(DepartmentDraft draft, CancellationToken cancel = default) =>
        Saving.RunAsync(contexts, async (db, faults) => (await ApplyAsync(db, draft, faults, cancel)) is { } department ? () => department.Id : null, cancel);

    public Task<Outcome<bool>> RemoveDepartmentAsync(long id, CancellationToken cancel = default) =>
        Removing.RunAsync(contexts, "department", async (db, faults) =>
        {
            var queues = await db.Queues.Where(queue => queue.DepartmentId == id).Select(queue => queue.Name).ToListAsync(cancel);
            if (queues.Count > 0) faults.Add("", $"The department has queues: {string.Join(", ", queues.Order(ByName.Comparer))}.");
            return await db.Departments.FindAsync([id], cancel);
        }, cancel);

    public Task<Outcome<long>> SaveQueueAsync(QueueDraft draft, CancellationToken cancel = default) =>
        Saving.RunAsync(contexts, async (db, faults) => (await ApplyAsync(db, draft, faults, cancel)) is { } queue ? () => queue.Id : null, cancel);

    public Task<Outcome<bool>> RemoveQueueAsync(long id, CancellationToken cancel = default) =>
        Removing.RunAsync(contexts, "queue", async (db, faults) =>
        {
            var tickets = await db.Tickets.CountAsync(ticket => ticket.QueueId == id, cancel);
            if (tickets > 0) faults.Add("", $"The queue holds {tickets} ticket(s), open or closed. Move them to another queue first.");
            var mailboxes = await db.Mailboxes.Where(mailbox => mailbox.QueueId == id).Select(mailbox => mailbox.Name).ToListAsync(cancel);
            if (mailboxes.Count > 0) faults.Add("", $"It is the default queue of: {string.Join(", ", mailboxes.Order(ByName.Comparer))}.");
            var aliases = await db.Aliases.Where(alias => alias.QueueId == id).Select(alias => alias.LocalPart + "@" + alias.AliasDomain!.Domain).ToListAsync(cancel);
            if (aliases.Count > 0) faults.Add("", $"Aliases lead to it: {string.Join(", ", aliases.Order(ByName.Comparer))}.");
            var addresses = await db.SystemAddresses.Where(address => address.QueueId == id).Select(address => address.Address).ToListAsync(cancel);
            if (addresses.Count > 0) faults.Add("", $"System addresses lead to it: {string.Join(", ", addresses.Order(ByName.Comparer))}.");
            return await db.Queues.FindAsync([id], cancel);
        }, cancel);

    /// <summary>Checks the draft and puts it into the context, unsaved; null when it is at fault.</summary>
    internal static async Task<Department?> ApplyAsync(HelpdeskDb db, DepartmentDraft draft, Faults faults, CancellationToken cancel)
    {
        var department = draft.Id is { } id ? await db.Departments.FindAsync([id], cancel) : null;
        if (draft.Id is not null && department is null) faults.Add("id", "This department is not there any more.");

        var name = FieldRules.Line(faults, "name", draft.Name, 200);
        FieldRules.Unique(faults, "name", name, await db.Departments.Where(other => other.Id != draft.Id).Select(other => other.Name).ToListAsync(cancel), "a department");
        if (draft.OutboundAccountId is { } account && !await db.OutboundAccounts.AnyAsync(row => row.Id == account, cancel)) faults.Add("outboundAccount", "This account is not there any more.");
        if (draft.AliasDomainId is { } domain && !await db.AliasDomains.AnyAsync(row => row.Id == domain, cancel)) faults.Add("aliasDomain", "This alias domain is not there any more.");
        if (faults.Any) return null;

        department ??= db.Departments.Add(new Department { Name = name }).Entity;
        department.Name = name;
        department.OutboundAccountId = draft.OutboundAccountId;
        department.AliasDomainId = draft.AliasDomainId;
        return department;
    }

    /// <inheritdoc cref="ApplyAsync(HelpdeskDb, DepartmentDraft, Faults, CancellationToken)"/>
    internal static async Task<Queue?> ApplyAsync(HelpdeskDb db, QueueDraft draft, Faults faults, CancellationToken cancel)
    {
        var queue = draft.Id is { } id ? await db.Queues.FindAsync([id], cancel) : null;
        if (draft.Id is not null && queue is null) faults.Add("id", "This queue is not there any more.");

        var name = FieldRules.Line(faults, "name", draft.Name, 200);
        FieldRules.Unique(faults, "name", name, await db.Queues.Where(other => other.Id != draft.Id).Select(other => other.Name).ToListAsync(cancel), "a queue");
        var color = (draft.Color ?? "").Trim().ToLowerInvariant();
        if (!Color().IsMatch(color)) faults.Add("color", "Must be a colour such as #1e88e5.");
        FieldRules.Known(faults, "closedTicketPolicy", draft.ClosedTicketPolicy);
        if (!await db.Departments.AnyAsync(row => row.Id == draft.DepartmentId, cancel)) faults.Add("department", "Choose a department.");
        if (draft.SystemAddressId is { } address && !await db.SystemAddresses.AnyAsync(row => row.Id == address, cancel)) faults.Add("systemAddress", "This address is not there any more.");
        if (faults.Any) return null;

        queue ??= db.Queues.Add(new Queue { Name = name, Color = color }).Entity;
        queue.Name = name;
        queue.Color = color;
        queue.ClosedTicketPolicy = draft.ClosedTicketPolicy;
        queue.DepartmentId = draft.DepartmentId;
        queue.SystemAddressId = draft.SystemAddressId;
        return queue;
    }

    [GeneratedRegex("^#[0-9a-f]{6}$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Color();
}
