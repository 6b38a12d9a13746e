using HelpdeskMail.Core.Deliveries;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.Core.Tickets;

/// <summary>A message of a ticket with all that the page and the API show of it.</summary>
/// <param name="Html">Sanitised; null where there is none (<paramref name="HasHtml"/>), and where it wasn't asked for.</param>
/// <param name="Author">Name of the agent who wrote it; null for mail from outside and for what the program wrote.</param>
public sealed record MessageView(
    long Id, long TicketId, MessageDirection Direction, bool Internal, MessageAddress From, IReadOnlyList<MessageAddress> To, IReadOnlyList<MessageAddress> Cc,
    string Subject, string? MessageId, string? InReplyTo, string? References, DateTime Date, DateTime CreatedAt, string Text, string? Html,
    IReadOnlyList<AttachmentView> Attachments, AutomaticKind Automatic, IReadOnlyList<DeliveryView> Delivery, BounceView? Bounce,
    DecisionKind? Decision, DecisionReason? Reason, string? Sentence, IReadOnlyList<TraceStep> Trace, bool HasRaw, long? StoredMailId = null,
    bool HasHtml = false, string? Author = null,
    SenderTrust? Trust = null, string? ReplyTo = null, string? ForwardedBy = null, bool ByMail = false)
{
    /// <summary>What was heard of a sent message after it left, oldest first.</summary>
    public IReadOnlyList<NewsView> News { get; init; } = [];
}

public sealed record AttachmentView(int Index, string Name, string Type, long Size, string Sha256, string? Cid);

public sealed record DeliveryView(string Address, OutboxState State, string? Answer, DateTime At, int Attempts, DateTime? NextAttemptAt);

/// <param name="Address">As it was sent to; "" where the report names nobody.</param>
/// <param name="ReportedAddress">The address at the other end, where the report names another one.</param>
/// <param name="Cause">In plain words; null: nothing could be read.</param>
/// <param name="Line">The remote server's own words.</param>
/// <param name="StoredMailId">The report; null: our own server said it.</param>
/// <param name="Sentence">What was decided about the report, and <paramref name="Trace"/> why.</param>
public sealed record NewsView(
    long Id, NewsKind Kind, NewsState State, string Address, string? ReportedAddress, string? Status, string? Cause, string? Line, string? RemoteMta, DateTime At,
    long? StoredMailId, DateTime? SeenAt, string? SeenBy, string? Sentence, IReadOnlyList<TraceStep> Trace);

public sealed record BounceView(string Address, string? Status, string Cause, string? Line);
