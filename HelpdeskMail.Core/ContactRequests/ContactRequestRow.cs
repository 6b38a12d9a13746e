namespace HelpdeskMail.Core.ContactRequests;

/// <param name="QueueId">Where a ticket would go.</param>
/// <param name="TicketNumber">Of the ticket it became or was put to.</param>
public sealed record ContactRequestRow(
    long Id, ContactRequestState State, string? FromName, string FromAddress, string Subject, string Preview, int MailCount, DateTime CreatedAt, DateTime LastMailAt,
    string? Mailbox, long QueueId, string Queue, string QueueColor, DateTime? HandledAt, string? HandledBy, string? DismissReason, long? TicketId, string? TicketNumber);
