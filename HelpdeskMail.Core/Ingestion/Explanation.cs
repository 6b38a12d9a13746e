using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>A decision with its trace, as `explain` prints it.</summary>
public sealed record Explanation(
    DecisionKind Kind, DecisionReason Reason, string Sentence, string? Queue, long? TicketId, IReadOnlyList<string> Notices, IReadOnlyList<TraceStep> Steps)
{
    /// <summary>What the new ticket would be by filters and trusted commands; null: it would make none, or they say nothing of it.</summary>
    public ExplainedTicket? Ticket { get; init; }
}

/// <summary>Null fields are left to the rest: a new ticket of normal priority, of the mail's author, of nobody's.</summary>
public sealed record ExplainedTicket(
    TicketPriority? Priority, TicketState? State, string? Owner, string? Customer, IReadOnlyList<string> Tags, IReadOnlyDictionary<string, string> Fields);
