using HelpdeskMail.Core.Ingestion;

namespace HelpdeskMail.App.Api;

/// <summary>A decision with its trace, as the API answers and <c>explain</c> prints.</summary>
internal sealed record ExplanationJson(DecisionJson Decision, IReadOnlyList<TraceStep> Steps)
{
    public static ExplanationJson Of(Explanation explanation) =>
        new(new DecisionJson(explanation.Kind, explanation.Reason, explanation.Sentence, explanation.Queue, explanation.TicketId, explanation.Notices, explanation.Ticket), explanation.Steps);
}

/// <param name="Ticket">What filters and trusted commands say of the new ticket; null: nothing.</param>
internal sealed record DecisionJson(DecisionKind Kind, DecisionReason Reason, string Sentence, string? Queue, long? TicketId, IReadOnlyList<string> Notices, ExplainedTicket? Ticket);
