using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.Core.Ingestion.Steps;

/// <summary>Finds the ticket that a mail answers: In-Reply-To, then the last 32 References from the newest on, against Message-IDs we know (P1).
/// A merged ticket leads to its target (P3); a closed one follows its queue's policy (P2).</summary>
internal sealed class FollowUpStep : IRoutingStep
{
    public string Name => "follow-up";

    public Decision? Decide(RoutingContext context)
    {
        foreach (var id in context.Mail.ReplyIds())
        {
            if (context.Knowledge.MessagesWithId(id) is not [var known, ..]) continue;
            var ticket = context.Knowledge.Target(known.Ticket);
            var how = ticket == known.Ticket ? $"ticket {ticket.Number}" : $"ticket {known.Ticket.Number}, merged into {ticket.Number}";
            context.Say("matched", $"answers <{id}> of {how}");
            return Follow(context, ticket);
        }
        context.Say("pass", context.Mail.InReplyTo.Count + context.Mail.References.Count == 0 ? "answers nothing" : "answers messages that are not known here");
        return null;
    }

    private static Decision? Follow(RoutingContext context, Ticket ticket)
    {
        var reply = $"A reply to ticket {ticket.Number}.";
        if (context.IsAutomatic) return new Decision.AppendToTicket(DecisionReason.FollowUpByMessageId, $"An automatic answer to ticket {ticket.Number}; its state stays.", ticket, null);
        if (ticket.State != TicketState.Closed)
        {
            return new Decision.AppendToTicket(DecisionReason.FollowUpByMessageId, reply, ticket, ticket.State == TicketState.Pending ? TicketState.Open : null);
        }
        var policy = context.Config.Queue(ticket.QueueId)?.ClosedTicketPolicy ?? ClosedTicketPolicy.Reopen;
        context.Say("closed", $"ticket {ticket.Number} is closed; the queue's policy is {policy}");
        return policy switch
        {
            ClosedTicketPolicy.Reopen => new Decision.AppendToTicket(DecisionReason.FollowUpByMessageId, $"{reply} It was closed and opens again.", ticket, TicketState.Open),
            ClosedTicketPolicy.NewLinked => new Decision.CreateTicket(DecisionReason.ClosedTicket, $"A reply to the closed ticket {ticket.Number}; a new ticket continues it.", ticket.QueueId, ticket),
            ClosedTicketPolicy.Reject => new Decision.Refuse(DecisionReason.ClosedTicket, $"A reply to ticket {ticket.Number}, which is closed and takes no more.", ticket),
            _ => throw new InvalidOperationException($"Unknown policy {policy}."),
        };
    }
}
