using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Routing.Agents;
using HelpdeskMail.Core.Routing.FollowUp;
using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.Core.Ingestion.Steps;

/// <summary>
/// Finds the ticket that a mail answers (P1), by the first of these that names one: In-Reply-To and the last 32 References against Message-IDs we know; our
/// own signed id in them; the tag of a reply address; a ticket number in the subject, from somebody who takes part in that ticket. Each can be switched off.
/// A merged ticket leads to its target (P3); a closed one follows its queue's policy (P2).
/// </summary>
internal sealed class FollowUpStep : IRoutingStep
{
    public string Name => "follow-up";

    public Decision? Decide(RoutingContext context)
    {
        var (rules, clues) = (context.Config.FollowUp, TicketClues.Of(context.Mail, context.Config.Signature));
        var (ticket, reason) = (ByReferences(context, rules), DecisionReason.FollowUpByMessageId);
        if (ticket is null) (ticket, reason) = (BySignature(context, rules, clues), DecisionReason.FollowUpBySignature);
        if (ticket is null) (ticket, reason) = (ByTag(context, rules, clues), DecisionReason.FollowUpByTag);
        if (ticket is null) (ticket, reason) = (BySubject(context, rules, clues), DecisionReason.FollowUpBySubject);
        if (ticket is null) return null;
        return Note(context, ticket) ?? Follow(context, ticket, reason);
    }

    /// <summary>What answers a note stays one, whoever writes it; and so does what an agent forwards of a ticket.</summary>
    private static Decision.AppendToTicket? Note(RoutingContext context, Ticket ticket)
    {
        var answersNote = context.Config.FollowUp.References && context.Mail.ReplyIds().Select(id => context.Knowledge.MessagesWithId(id)).FirstOrDefault(known => known.Count > 0) is [{ Internal: true }, ..];
        if (context.Agent is { } agent && (answersNote || context.Mail.Forwarded is not null))
        {
            var words = context.Mail.Forwarded is { } forwarded ? ForwardStep.Words(agent, forwarded) : AgentWords.Of(context.Mail.Replied) ?? context.Mail.Text;
            context.Say("internal", answersNote ? "it answers a note" : $"{agent.Name} forwards a mail of the ticket");
            return new Decision.AppendToTicket(DecisionReason.FollowUpToNote, $"A note by {agent.Name} on ticket {ticket.Number}; nobody outside gets it.", ticket, null, new AgentMail(agent, words, Internal: true));
        }
        if (!answersNote) return null;
        context.Say("internal", "it answers a note");
        return new Decision.AppendToTicket(DecisionReason.FollowUpToNote, $"It answers a note of ticket {ticket.Number} and stays internal.", ticket, null, Internal: true);
    }

    private static Ticket? ByReferences(RoutingContext context, FollowUpRules rules)
    {
        if (context.Mail.InReplyTo.Count + context.Mail.References.Count == 0)
        {
            context.Say("pass", "answers nothing");
            return null;
        }
        if (!rules.References)
        {
            context.Say("off", "In-Reply-To and References are not looked at");
            return null;
        }
        foreach (var id in context.Mail.ReplyIds())
        {
            if (context.Knowledge.MessagesWithId(id) is not [var known, ..]) continue;
            return Found(context, known.Ticket, $"answers <{id}> of");
        }
        context.Say("pass", "answers messages that are not known here");
        return null;
    }

    private static Ticket? BySignature(RoutingContext context, FollowUpRules rules, TicketClues clues)
    {
        if (clues.Signed is not var (id, number)) return null;
        if (rules.Signature && context.Knowledge.Ticket(number) is { } ticket) return Found(context, ticket, $"<{id}> is signed by us for");
        context.Say(rules.Signature ? "pass" : "off", rules.Signature ? $"<{id}> is signed by us, but its ticket is gone" : "signed ids are not looked at");
        return null;
    }

    private static Ticket? ByTag(RoutingContext context, FollowUpRules rules, TicketClues clues)
    {
        if (clues.Tagged is not var (address, number)) return null;
        if (rules.Tag && context.Knowledge.Ticket(number) is { } ticket) return Found(context, ticket, $"{address} carries the tag of");
        context.Say(rules.Tag ? "pass" : "off", rules.Tag ? $"{address} carries a tag of ours, but its ticket is gone" : "tags of reply addresses are not looked at");
        return null;
    }

    private static Ticket? BySubject(RoutingContext context, FollowUpRules rules, TicketClues clues)
    {
        foreach (var number in clues.Numbers)
        {
            if (!rules.Subject)
            {
                context.Say("off", "ticket numbers in subjects are not looked at");
                return null;
            }
            if (context.Knowledge.TicketByNumber(number) is not { } ticket)
            {
                context.Say("pass", $"the subject names ticket {number}, which is not there");
                continue;
            }
            if (context.Knowledge.TakesPart(ticket, context.Mail.From.Address) || context.Knowledge.TakesPart(ticket, context.Author.Address)) return Found(context, ticket, $"{context.Author.Address} takes part, and the subject names");
            context.Say("pass", $"the subject names ticket {number}, but {context.Mail.From.Address} takes no part in it");
        }
        return null;
    }

    private static Ticket Found(RoutingContext context, Ticket named, string how)
    {
        var ticket = context.Knowledge.Target(named);
        context.Say("matched", $"{how} {(ticket == named ? $"ticket {ticket.Number}" : $"ticket {named.Number}, merged into {ticket.Number}")}");
        return ticket;
    }

    private static Decision Follow(RoutingContext context, Ticket ticket, DecisionReason reason)
    {
        var reply = $"A reply to ticket {ticket.Number}.";
        if (context.IsAutomatic) return new Decision.AppendToTicket(reason, $"An automatic answer to ticket {ticket.Number}; its state stays.", ticket, null);
        if (ticket.State != TicketState.Closed) return new Decision.AppendToTicket(reason, reply, ticket, ticket.State == TicketState.Pending ? TicketState.Open : null);
        var policy = context.Config.Queue(ticket.QueueId)?.ClosedTicketPolicy ?? ClosedTicketPolicy.Reopen;
        context.Say("closed", $"ticket {ticket.Number} is closed; the queue's policy is {policy}");
        return policy switch
        {
            ClosedTicketPolicy.Reopen => new Decision.AppendToTicket(reason, $"{reply} It was closed and opens again.", ticket, TicketState.Open),
            ClosedTicketPolicy.NewLinked => new Decision.CreateTicket(DecisionReason.ClosedTicket, $"A reply to the closed ticket {ticket.Number}; a new ticket continues it.", ticket.QueueId, ticket),
            ClosedTicketPolicy.Reject => new Decision.Refuse(
                DecisionReason.ClosedTicket, $"A reply to ticket {ticket.Number}, which is closed and takes no more.", ticket, Text: $"Ticket {ticket.Number} is closed and takes no more replies. Please write a new mail."),
            _ => throw new InvalidOperationException($"Unknown policy {policy}."),
        };
    }
}
