using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Outbound;

/// <summary>Picks the account that a ticket's replies leave from: the first rule that applies (E3, D3).</summary>
public static class ReplyRoute
{
    /// <summary>Null: nothing is configured that could send it.</summary>
    public static async Task<ReplySender?> OfAsync(HelpdeskDb db, Ticket ticket, CancellationToken cancel = default)
    {
        var department = await db.Queues.Where(queue => queue.Id == ticket.QueueId).Select(queue => new { queue.Department!.Id, queue.Department.Name, queue.Department.OutboundAccountId }).SingleAsync(cancel);
        if (department.Id != ticket.CameInDepartmentId && department.OutboundAccountId is { } moved)
        {
            return await SenderAsync(db, moved, $"The ticket was moved to department {department.Name}: its account.", cancel);
        }
        var mailbox = await db.Mailboxes.Where(row => row.Id == ticket.MailboxId).Select(row => new { row.Name, row.ReplyViaId }).FirstOrDefaultAsync(cancel);
        if (mailbox?.ReplyViaId is { } via) return await SenderAsync(db, via, $"Mailbox {mailbox.Name}, through which the ticket came in, replies via this account.", cancel);
        if (department.OutboundAccountId is { } own) return await SenderAsync(db, own, $"The account of department {department.Name}.", cancel);
        return await GlobalForAsync(db, ticket.QueueId, $"The global account: neither the mailbox nor department {department.Name} has one of its own.", cancel);
    }

    /// <summary>The account that mail about what came through a mailbox, or is for a queue, leaves from where there is no ticket yet.</summary>
    /// <returns>Null: nothing is configured that could send it.</returns>
    public static async Task<ReplySender?> OfAsync(HelpdeskDb db, long? mailboxId, long? queueId, CancellationToken cancel = default)
    {
        var mailbox = await db.Mailboxes.Where(row => row.Id == mailboxId).Select(row => new { row.Name, row.ReplyViaId, row.QueueId }).FirstOrDefaultAsync(cancel);
        if (mailbox?.ReplyViaId is { } via) return await SenderAsync(db, via, $"Mailbox {mailbox.Name} replies via this account.", cancel);
        var queue = queueId ?? mailbox?.QueueId;
        var department = await db.Queues.Where(row => row.Id == queue).Select(row => new { row.Department!.Name, row.Department.OutboundAccountId }).FirstOrDefaultAsync(cancel);
        if (department?.OutboundAccountId is { } own) return await SenderAsync(db, own, $"The account of department {department.Name}.", cancel);
        return await GlobalForAsync(db, queue, "The global account: no other one is for this.", cancel);
    }

    /// <summary>The account for mail of the program itself; null: none is chosen.</summary>
    public static async Task<ReplySender?> GlobalAsync(HelpdeskDb db, CancellationToken cancel = default) =>
        await GlobalAccount.IdAsync(db, cancel) is { } global ? await SenderAsync(db, global, "The global account.", cancel) : null;

    /// <summary>The global account, under the system address of the queue where it has a valid one.</summary>
    private static async Task<ReplySender?> GlobalForAsync(HelpdeskDb db, long? queueId, string why, CancellationToken cancel)
    {
        if (await GlobalAccount.IdAsync(db, cancel) is not { } global || await SenderAsync(db, global, why, cancel) is not { } sender) return null;
        var own = await (
            from queue in db.Queues
            join address in db.SystemAddresses on queue.SystemAddressId equals address.Id
            where queue.Id == queueId && address.Validity == Validity.Valid
            select new { queue.Name, address.Address, address.DisplayName }).FirstOrDefaultAsync(cancel);
        return own is null ? sender : sender with { Address = own.Address, DisplayName = own.DisplayName, Why = $"The system address of queue {own.Name}, sent by the global account." };
    }

    private static async Task<ReplySender?> SenderAsync(HelpdeskDb db, long accountId, string why, CancellationToken cancel) =>
        await db.OutboundAccounts.Where(account => account.Id == accountId).Select(account => new ReplySender(account.Id, account.Name, account.Address, account.DisplayName, why)).FirstOrDefaultAsync(cancel);
}
