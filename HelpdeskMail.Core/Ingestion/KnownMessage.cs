using HelpdeskMail.Core.ContactRequests;
using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>A message of some ticket, as routing knows it.</summary>
/// <param name="Id">0 while it is only in this batch.</param>
/// <param name="StoredMailId">The mail it came as; null for ours, and for one of this batch.</param>
/// <param name="Row">Only where it is of this batch.</param>
/// <param name="Internal">A note: what answers it stays one.</param>
/// <param name="MailboxId">That it came in by; null where it was sent, or pushed in for no mailbox.</param>
internal sealed record KnownMessage(long Id, Ticket Ticket, MessageDirection Direction, string MessageId, long? BodyKey, long? OutboxMailId, TicketMessage? Row = null, long? StoredMailId = null, long? MailboxId = null, bool Internal = false);

/// <summary>A mail of an open contact request.</summary>
/// <param name="Request">Its id is 0 while it is only in this batch.</param>
/// <param name="Incoming">Only where it is of this batch; it may not be stored yet.</param>
internal sealed record HeldMail(long StoredMailId, long BodyKey, ContactRequest Request, IncomingMail? Incoming = null)
{
    public bool IsOther(IncomingMail incoming) => Incoming is null ? StoredMailId != incoming.StoredMailId : !ReferenceEquals(Incoming, incoming);
}

/// <summary>A mail whose very bytes are known.</summary>
/// <param name="Incoming">Only where it is of this batch; it may not be stored yet.</param>
internal sealed record KnownContent(long StoredMailId, byte[] ContentHash, Ticket? Ticket, IncomingMail? Incoming = null, long? MailboxId = null)
{
    public bool IsOther(IncomingMail incoming) => Incoming is null ? StoredMailId != incoming.StoredMailId : !ReferenceEquals(Incoming, incoming);
}
