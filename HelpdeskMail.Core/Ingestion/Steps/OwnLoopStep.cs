using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.Core.Ingestion.Steps;

/// <summary>Drops our own mail coming back: a mailbox of ours was among the recipients of what we sent.</summary>
internal sealed class OwnLoopStep : IRoutingStep
{
    public string Name => "own mail";

    public Decision? Decide(RoutingContext context)
    {
        if (context.Mail.MessageId is { } id && context.Knowledge.MessagesWithId(id).FirstOrDefault(known => known.Direction == MessageDirection.Outbound) is { } ours)
        {
            context.Say("matched", $"Message-ID <{id}> is that of our message in ticket {ours.Ticket.Number}");
            return new Decision.Ignore(DecisionReason.OwnMessage, $"Our own message of ticket {ours.Ticket.Number} came back.", ours.Ticket);
        }
        context.Say("pass", "not a message of ours");
        return null;
    }
}
