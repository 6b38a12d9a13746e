using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.Core.Tickets;

/// <summary>A message of a ticket with all that the page and the API show of it.</summary>
public sealed record MessageView(
    long Id, long TicketId, MessageDirection Direction, bool Internal, MessageAddress From, IReadOnlyList<MessageAddress> To, IReadOnlyList<MessageAddress> Cc,
    string Subject, string? MessageId, string? InReplyTo, string? References, DateTime Date, DateTime CreatedAt, string Text, string? Html,
    IReadOnlyList<AttachmentView> Attachments, AutomaticKind Automatic, IReadOnlyList<DeliveryView> Delivery, BounceView? Bounce,
    DecisionKind? Decision, DecisionReason? Reason, string? Sentence, IReadOnlyList<TraceStep> Trace, bool HasRaw, long? StoredMailId = null);

public sealed record AttachmentView(int Index, string Name, string Type, long Size, string Sha256, string? Cid);

public sealed record DeliveryView(string Address, OutboxState State, string? Answer, DateTime At, int Attempts, DateTime? NextAttemptAt);

public sealed record BounceView(string Address, string? Status, string Cause, string? Line);
