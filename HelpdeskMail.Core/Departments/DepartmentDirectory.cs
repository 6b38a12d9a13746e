using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Routing.Addresses;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Departments;

/// <summary>Reads departments and queues.</summary>
public sealed class DepartmentDirectory(IDbContextFactory<HelpdeskDb> contexts)
{
    /// <summary>All departments by name, with their queues by name and how many open tickets each holds.</summary>
    public async Task<IReadOnlyList<DepartmentRow>> ListAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var departments = await db.Departments.AsNoTracking().Include(department => department.Queues).ToListAsync(cancel);
        var accounts = await db.OutboundAccounts.ToDictionaryAsync(account => account.Id, account => account.Name, cancel);
        var mailboxes = (await db.Mailboxes.Select(mailbox => new { mailbox.QueueId, mailbox.Name }).ToListAsync(cancel)).ToLookup(mailbox => mailbox.QueueId, mailbox => mailbox.Name);
        var open = await db.Tickets
            .Where(ticket => ticket.State != TicketState.Closed && ticket.State != TicketState.Merged)
            .GroupBy(ticket => ticket.QueueId)
            .Select(group => new { QueueId = group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.QueueId, group => group.Count, cancel);

        var senders = await db.SystemAddresses.Where(address => db.Queues.Any(queue => queue.SystemAddressId == address.Id)).ToDictionaryAsync(address => address.Id, address => address.Address, cancel);
        var addresses = await AddressesAsync(db, cancel);

        return [.. departments.OrderBy(department => department.Name, ByName.Comparer).Select(department =>
        {
            var domain = addresses.Domain(department.AliasDomainId) ?? addresses.DefaultDomain;
            return new DepartmentRow(
                department.Id,
                department.Name,
                department.OutboundAccountId,
                department.OutboundAccountId is { } account ? accounts.GetValueOrDefault(account) : null,
                department.AliasDomainId,
                domain?.Domain,
                domain?.CatchallAddress,
                [.. department.Queues.OrderBy(queue => queue.Name, ByName.Comparer).Select(queue => new QueueRow(
                    queue.Id, queue.Name, queue.Color, queue.ClosedTicketPolicy, open.GetValueOrDefault(queue.Id), [.. mailboxes[queue.Id].Order(ByName.Comparer)],
                    addresses.AliasOf(queue.Id, domain), queue.SystemAddressId is { } sender ? senders.GetValueOrDefault(sender) : null))]);
        })];
    }

    /// <summary>All queues by name, for pickers.</summary>
    public async Task<IReadOnlyList<QueueChoice>> QueuesAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var queues = await db.Queues.Select(queue => new QueueChoice(queue.Id, queue.Name, queue.Color, queue.Department!.Name)).ToListAsync(cancel);
        return [.. queues.OrderBy(queue => queue.Name, ByName.Comparer)];
    }

    /// <summary>Null: it is gone.</summary>
    public async Task<DepartmentDraft?> DepartmentDraftAsync(long id, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var department = await db.Departments.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel);
        return department is null ? null : DepartmentDraft.Of(department);
    }

    /// <summary>Null: it is gone.</summary>
    public async Task<QueueDraft?> QueueDraftAsync(long id, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var queue = await db.Queues.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel);
        return queue is null ? null : QueueDraft.Of(queue);
    }

    /// <summary>The queues' own addresses, by the rule that sending goes by. Of each queue just the oldest alias in each domain is read: no other can be its address.</summary>
    private static async Task<AddressBook> AddressesAsync(HelpdeskDb db, CancellationToken cancel)
    {
        var oldest = db.Aliases.GroupBy(alias => new { alias.QueueId, alias.AliasDomainId }).Select(group => group.Min(alias => alias.Id));
        return new AddressBook(await db.AliasDomains.AsNoTracking().ToListAsync(cancel), await db.Aliases.AsNoTracking().Where(alias => oldest.Contains(alias.Id)).ToListAsync(cancel), [], [], [], []);
    }
}
