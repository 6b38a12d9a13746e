namespace HelpdeskMail.Core.Ingestion;

/// <summary>A decision with its trace, as `explain` prints it.</summary>
public sealed record Explanation(
    DecisionKind Kind, DecisionReason Reason, string Sentence, string? Queue, long? TicketId, IReadOnlyList<string> Notices, IReadOnlyList<TraceStep> Steps);
