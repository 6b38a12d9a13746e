namespace HelpdeskMail.Core.ContactRequests;

/// <summary>Mail that a mailbox holds until somebody looks at it (V6): what would have been a ticket, and what its author wrote after it.</summary>
public sealed class ContactRequest
{
    public long Id { get; set; }

    public ContactRequestState State { get; set; }

    /// <summary>The mailbox its first mail came through.</summary>
    public long? MailboxId { get; set; }

    /// <summary>The queue that a ticket would go to; preselected.</summary>
    public long QueueId { get; set; }

    public string? FromName { get; set; }

    public required string FromAddress { get; set; }

    public required string Subject { get; set; }

    /// <summary>The beginning of the newest mail's text, on one line.</summary>
    public string Preview { get; set; } = "";

    public int MailCount { get; set; }

    public DateTime CreatedAt { get; set; }

    /// <summary>When its newest mail came; what the list is sorted by.</summary>
    public DateTime LastMailAt { get; set; }

    public DateTime? HandledAt { get; set; }

    public string? HandledBy { get; set; }

    /// <summary>Why it was dismissed.</summary>
    public string? DismissReason { get; set; }

    public long? TicketId { get; set; }
}
