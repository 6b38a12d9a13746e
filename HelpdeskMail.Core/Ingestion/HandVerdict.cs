using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Notices;
using HelpdeskMail.Core.Routing.Agents;
using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>Turns what a person wants into a decision for each mail, and hands it to the writer.</summary>
/// <param name="Target">Where mails are appended.</param>
internal sealed record HandVerdict(DecisionWriter Writer, RoutingConfig Config, RoutingKnowledge Knowledge, HandDecision Wanted, Ticket? Target, Actor Actor)
{
    /// <param name="incoming">The mail.</param>
    /// <param name="ticket">The ticket that an earlier mail of the same unit made.</param>
    public (Decision Decision, Ticket? Ticket) Apply(IncomingMail incoming, Ticket? ticket)
    {
        RoutingContext? context = null;
        Decision? would = null;
        IReadOnlyList<TraceStep> trace = [];
        if (incoming.Mail is { } mail)
        {
            // The steps' verdicts hold for a ticket made by hand, too; what they decide does not.
            context = new RoutingContext(incoming, mail, Config, Knowledge);
            (would, trace) = RoutingPipeline.Decide(context);
            context.Automatic = mail.Automatic;
        }
        var decision = Decide(incoming, would, ticket);
        return (decision, Writer.Apply(incoming, context, decision, [.. trace, new TraceStep("by hand", "decided", decision.Sentence)]));
    }

    private Decision Decide(IncomingMail incoming, Decision? would, Ticket? ticket)
    {
        if (ticket is not null) return Append(incoming, ticket);
        switch (Wanted)
        {
            case HandDecision.MakeTicket make:
                var queue = Config.Queue(make.QueueId ?? QueueOf(would) ?? Config.Mailbox(incoming.MailboxId)?.QueueId ?? Config.FirstQueue?.Id ?? 0)
                    ?? throw new InvalidOperationException("There is no queue that it could go to.");
                return new Decision.CreateTicket(DecisionReason.ByHand, $"{Actor.Name} made a ticket of it in queue {queue.Name}.", queue.Id);
            case HandDecision.Append:
                return Append(incoming, Target!);
            case HandDecision.Refuse refuse:
                return new Decision.Refuse(DecisionReason.ByHand, $"{Actor.Name} refused it.", null, NoticeKind.Rejected, string.IsNullOrWhiteSpace(refuse.Text) ? null : refuse.Text.Trim());
            case HandDecision.Dismiss dismiss:
                return new Decision.Ignore(DecisionReason.ByHand, $"{Actor.Name} dismissed it: {MailText.Line(dismiss.Reason, HandDecisions.MaxReason)}", null);
            default:
                throw new InvalidOperationException($"Unknown decision {Wanted}.");
        }
    }

    /// <summary>What answers an agent's notification may quote what no customer may read: it is put to a ticket as a note.</summary>
    private Decision.AppendToTicket Append(IncomingMail incoming, Ticket ticket) => incoming.Mail is { } mail && AgentMarks.Of(mail, Config).Count > 0
        ? new(DecisionReason.ByHand, $"{Actor.Name} put it to ticket {ticket.Number}, as a note.", ticket, null, Internal: true)
        : new(DecisionReason.ByHand, $"{Actor.Name} put it to ticket {ticket.Number}.", ticket, ticket.State is TicketState.Closed or TicketState.Pending ? TicketState.Open : null);

    private static long? QueueOf(Decision? would) => would switch
    {
        Decision.CreateTicket create => create.QueueId,
        Decision.HoldAsContactRequest hold => hold.QueueId,
        _ => null,
    };
}
