using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Routing.Agents;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>What is to be known of the few tickets that agents answer by mail: where an answer would go, and what they have written by mail already.</summary>
internal static class AgentKnowledge
{
    /// <summary>When the tickets themselves are known.</summary>
    public static async Task LoadAsync(HelpdeskDb db, RoutingKnowledge knowledge, RoutingConfig config, IEnumerable<long> named, CancellationToken cancel)
    {
        foreach (var ticket in named.Select(id => knowledge.Ticket(id)).OfType<Ticket>().Select(knowledge.Target).Distinct())
        {
            var id = ticket.Id;
            foreach (var row in await db.TicketMessages.Where(message => message.TicketId == id && message.SourceMessageId != null).Select(message => new { message.SourceMessageId, message.StoredMailId }).ToListAsync(cancel))
                knowledge.AddAgentMail(id, row.SourceMessageId!, row.StoredMailId);
            knowledge.Add(id, await PlanAsync(db, config, ticket, await ReplyRoute.OfAsync(db, ticket, cancel), cancel));
        }
    }

    public static async Task<AnswerPlan> PlanAsync(HelpdeskDb db, RoutingConfig config, Ticket ticket, ReplySender? sender, CancellationToken cancel)
    {
        var customer = await db.Customers.AsNoTracking().SingleAsync(row => row.Id == ticket.CustomerId, cancel);
        var thread = await ReplyThread.OfAsync(db, ticket.Id, cancel);
        return new AnswerPlan(
            sender,
            new MessageAddress(customer.Name, customer.Address),
            [.. thread.Cc.Where(address => address.Address != customer.Address && !config.Addresses.IsOwn(address.Address) && config.Agent(address.Address) is null)]);
    }
}
