using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.Core.Replay;

/// <summary>One mail decided again: how it stands, what today's rules say, and what can be done about the difference.</summary>
internal sealed class ReplayCase(StoredMail stored, IncomingMail incoming, RoutingContext? context, Decision decision, IReadOnlyList<TraceStep> trace, ReplayPlace? place, RoutingKnowledge knowledge, IReadOnlyDictionary<string, string> users)
{
    /// <summary>Event of a ticket's history that a replay writes: no sign of somebody's work.</summary>
    public const string EventKind = "decidedAgain";

    private readonly (ReplayEffect Effect, string? Why, IReadOnlyList<ReplayChange> Changes) plan = Plan(stored, context, decision, place, knowledge, users);

    public StoredMail Stored => stored;

    public IncomingMail Incoming => incoming;

    public RoutingContext? Context => context;

    public Decision Decision => decision;

    public IReadOnlyList<TraceStep> Trace => trace;

    public ReplayPlace? Place => place;

    public ReplayEffect Effect => plan.Effect;

    public string? Why => plan.Why;

    /// <summary>What of the ticket that the mail made would be otherwise; its queue apart, which the verdicts tell.</summary>
    public IReadOnlyList<ReplayChange> Changes => plan.Changes;

    private static (ReplayEffect, string?, IReadOnlyList<ReplayChange>) Plan(
        StoredMail stored, RoutingContext? context, Decision decision, ReplayPlace? place, RoutingKnowledge knowledge, IReadOnlyDictionary<string, string> users)
    {
        var changes = stored.Decision == DecisionKind.CreateTicket && decision is Decision.CreateTicket && context is not null && place is not null ? ReplayChanges.Of(context, place, users) : [];
        var (effect, why) = Plan(stored, decision, place, knowledge, changes);
        return (effect, why, changes);
    }

    private static (ReplayEffect, string?) Plan(StoredMail stored, Decision decision, ReplayPlace? place, RoutingKnowledge knowledge, IReadOnlyList<ReplayChange> changes)
    {
        var same = IsSame(stored, decision, place, knowledge);
        if (same && changes.Count == 0) return (ReplayEffect.None, null);
        if (stored.Reason is DecisionReason.AgentAnswer or DecisionReason.AgentNote) return (ReplayEffect.LeaveAlone, "An agent wrote it; what was sent is sent.");
        if (decision.Reason == DecisionReason.AgentAnswer) return (ReplayEffect.LeaveAlone, "It is an agent's answer now. Deciding again sends no mail: take it up in quarantine.");
        if (stored.DecidedBy is { } person) return (ReplayEffect.LeaveAlone, $"{person} decided it by hand.");
        if (stored.Decision == DecisionKind.HoldAsContactRequest) return (ReplayEffect.LeaveAlone, "It is held as a contact request: handle it there.");
        if (place is null) return stored.Decision is DecisionKind.CreateTicket or DecisionKind.AppendToTicket or DecisionKind.RecordBounce || (stored.Decision == DecisionKind.RecordReport && stored.Reason != DecisionReason.ReportOnUnknown)
            ? (ReplayEffect.LeaveAlone, "What it led to is no longer there, or can't be taken back.")
            : (ReplayEffect.Decide, null);
        return (stored.Decision, decision) switch
        {
            (DecisionKind.CreateTicket, Decision.CreateTicket) when changes.Any(change => change.Why is null) && (same || place.IsWorkedOn) =>
                (ReplayEffect.ChangeTicket, same ? null : $"Its queue stays: somebody has worked on ticket {place.Ticket.Number} already."),
            (DecisionKind.CreateTicket, Decision.CreateTicket) when same => (ReplayEffect.LeaveAlone, string.Join(' ', changes.Select(change => change.Why).Distinct())),
            (DecisionKind.CreateTicket, Decision.CreateTicket) => place.IsWorkedOn ? (ReplayEffect.LeaveAlone, $"Somebody has worked on ticket {place.Ticket.Number} already.") : (ReplayEffect.MoveTicket, null),
            (DecisionKind.CreateTicket, Decision.AppendToTicket) when place.IsWorkedOn => (ReplayEffect.LeaveAlone, $"Somebody has worked on ticket {place.Ticket.Number} already."),
            (DecisionKind.CreateTicket, Decision.AppendToTicket) when place.Ticket.MessageCount > 1 => (ReplayEffect.LeaveAlone, $"Ticket {place.Ticket.Number} holds more than this mail."),
            (DecisionKind.CreateTicket, Decision.AppendToTicket) => (ReplayEffect.MoveMessage, null),
            (DecisionKind.AppendToTicket, Decision.AppendToTicket or Decision.CreateTicket) when place.IsAnswered => (ReplayEffect.LeaveAlone, $"It was answered in ticket {place.Ticket.Number} already."),
            (DecisionKind.AppendToTicket, Decision.AppendToTicket) => (ReplayEffect.MoveMessage, null),
            (DecisionKind.AppendToTicket, Decision.CreateTicket) => (ReplayEffect.OwnTicket, null),
            _ => (ReplayEffect.LeaveAlone, $"It is in ticket {place.Ticket.Number}; nothing is taken out of a ticket for good."),
        };
    }

    /// <summary>Rules are compared, not the state of tickets that has changed since: a ticket that is closed now was perhaps open then.</summary>
    private static bool IsSame(StoredMail stored, Decision decision, ReplayPlace? place, RoutingKnowledge knowledge) => (stored.Decision, decision) switch
    {
        (DecisionKind.CreateTicket, Decision.CreateTicket now) => now.QueueId == (stored.QueueId ?? place?.Ticket.QueueId),
        (DecisionKind.CreateTicket, Decision.AppendToTicket now) => stored.Reason == DecisionReason.ClosedTicket || (place is not null && IsIn(place, now.Ticket, knowledge)),
        (DecisionKind.AppendToTicket, Decision.AppendToTicket now) => place is not null && IsIn(place, now.Ticket, knowledge),
        (DecisionKind.AppendToTicket, Decision.CreateTicket { Linked: { } linked }) => place is not null && IsIn(place, linked, knowledge),
        (DecisionKind.AppendToTicket, Decision.Refuse { Reason: DecisionReason.ClosedTicket, Ticket: { } closed }) => place is not null && IsIn(place, closed, knowledge),
        (DecisionKind.RecordReport, Decision.RecordReport now) => stored.Reason == now.Reason,
        _ => stored.Decision == decision.Kind,
    };

    private static bool IsIn(ReplayPlace place, Ticket wanted, RoutingKnowledge knowledge) => knowledge.Target(place.Ticket).Id == knowledge.Target(wanted).Id;
}
