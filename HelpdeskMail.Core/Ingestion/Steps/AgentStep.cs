using HelpdeskMail.Core.Routing.Agents;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.Core.Ingestion.Steps;

/// <summary>
/// Takes an agent's answer to a notification for his answer to the customer (P13): from the address of an active agent, with the signed id or the tag that was
/// made for him and the ticket, and with a pass where the mailbox wants one. Whatever else carries such a mark is set aside and never sent: it may be forged,
/// or be somebody's to whom the notification was passed on. An answer to a notification about a note stays a note.
/// </summary>
internal sealed class AgentStep : IRoutingStep
{
    public string Name => "agent";

    public Decision? Decide(RoutingContext context)
    {
        var agent = context.Config.Agent(context.Mail.From.Address) is { Active: true } active ? active : null;
        var marks = AgentMarks.Of(context.Mail, context.Config);
        if (marks.Count == 0) return agent is null ? null : Unmarked(context, agent);
        var (tag, owner) = marks[0];
        var ticket = context.Knowledge.Ticket(tag.TicketId) is { } named ? context.Knowledge.Target(named) : null;
        if (context.IsAutomatic) return Absence(context, owner, ticket);
        if (agent is null) return Unproven(context, $"it answers a notification to {owner.Name}, and {context.Mail.From.Address} is no agent's address");
        if (marks.Any(mark => mark.Owner.Id != agent.Id)) return Unproven(context, $"it answers a notification to {owner.Name}, and is from {agent.Name}");
        if (marks.Any(mark => mark.Tag.TicketId != tag.TicketId)) return Unproven(context, "it answers notifications about several tickets at once");
        if (Missing(context) is { } lack) return Unproven(context, lack);
        if (ticket is null) return Unproven(context, "the ticket is gone");
        if (!context.Config.AgentsAnswer) return Unproven(context, "answers by mail are switched off");
        if (ForwardSubject.Is(context.Mail.Subject)) return Unproven(context, "a notification that is passed on is no answer");
        return Answer(context, agent, ticket, marks.Any(mark => mark.Tag.Internal));
    }

    /// <summary>An agent who writes something else: perhaps a forward. His absence notes would make a ticket that he is told of, and so on for ever.</summary>
    private static Decision.Ignore? Unmarked(RoutingContext context, RoutingAgent agent)
    {
        if (context.Mail.Automatic == AutomaticKind.AutoReply && context.Mail.ReplyIds().All(id => context.Knowledge.MessagesWithId(id).Count == 0)) return Absence(context, agent, null);
        if (Missing(context) is { } missing)
        {
            context.Say("pass", $"from the address of {agent.Name}, but {missing}: as anybody's");
            return null;
        }
        context.Say("matched", $"written by {agent.Name}, who answers no notification");
        context.Agent = agent;
        return null;
    }

    private static Decision Answer(RoutingContext context, RoutingAgent agent, Ticket ticket, bool note)
    {
        if (context.Mail.MessageId is { } id && context.Knowledge.IsAgentMail(ticket.Id, id))
        {
            context.Say("matched", $"<{id}> is in ticket {ticket.Number} already");
            return new Decision.Ignore(DecisionReason.DuplicateMessageId, $"The same mail by {agent.Name} is in ticket {ticket.Number} already.", ticket);
        }
        if (AgentWords.Of(context.Mail.Replied) is not { } words) return Unproven(context, "what the agent wrote can't be told from the notification below it");
        if (note)
        {
            context.Say("matched", $"{agent.Name} answers a notification about a note of ticket {ticket.Number}: it stays internal");
            return new Decision.AppendToTicket(DecisionReason.AgentNote, $"A note by {agent.Name} on ticket {ticket.Number}; nobody outside gets it.", ticket, null, new AgentMail(agent, words, Internal: true));
        }
        if (context.Knowledge.AnswerPlan(ticket.Id) is not { Sender: { } sender } plan) return Unproven(context, "no outbound account is configured that could send it");
        if (ReplyChecks.Parse(plan.To) is null) return Unproven(context, $"{plan.To.Address}, the customer's address, is none that mail can be sent to");
        context.Say("matched", $"{agent.Name} answers ticket {ticket.Number}: to {plan.Recipients} from {sender.Address}. {sender.Why}");
        return new Decision.AppendToTicket(
            DecisionReason.AgentAnswer, $"An answer by {agent.Name} to ticket {ticket.Number}; it is sent to {plan.Recipients}.", ticket, ticket.State == TicketState.Open ? null : TicketState.Open, new AgentMail(agent, words, Internal: false));
    }

    private static Decision.Quarantine Unproven(RoutingContext context, string why)
    {
        context.Say("held", why);
        return new Decision.Quarantine(DecisionReason.AgentUnproven, $"Held for a look, and sent to nobody: {why}.");
    }

    private static Decision.Ignore Absence(RoutingContext context, RoutingAgent agent, Ticket? ticket)
    {
        context.Say("matched", $"an automatic answer for {agent.Name}: it goes to nobody");
        return new Decision.Ignore(DecisionReason.AgentAutomatic, $"An automatic answer of {agent.Name}, such as an absence note.", ticket);
    }

    /// <summary>What the mailbox wants of an agent's mail and this one doesn't have; null: nothing.</summary>
    private static string? Missing(RoutingContext context)
    {
        if (context.Trust?.Verdict == SenderVerdict.Failed) return $"{context.Trust.Host} says that it may be forged";
        if (context.Config.Mailbox(context.Incoming.MailboxId) is not { AgentsNeedPass: true } mailbox || context.Trust?.Verdict == SenderVerdict.Passed) return null;
        return $"no trusted server vouches for it, as mailbox \"{mailbox.Name}\" wants";
    }
}
