using HelpdeskMail.Core.Ingestion;

namespace HelpdeskMail.Core.Replay;

/// <summary>A decision, so far as two of them can differ: what is done with the mail, and where it goes.</summary>
/// <param name="QueueId">Of a new ticket, or what a contact request is held for.</param>
/// <param name="TicketId">The ticket it is in or goes to; null for one that is to be made.</param>
public sealed record ReplayVerdict(DecisionKind Kind, DecisionReason Reason, string Sentence, long? QueueId, string? Queue, long? TicketId, string? TicketNumber);
