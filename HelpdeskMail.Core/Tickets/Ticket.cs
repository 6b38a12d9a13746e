using HelpdeskMail.Core.Customers;
using HelpdeskMail.Core.Departments;

namespace HelpdeskMail.Core.Tickets;

public sealed class Ticket
{
    public long Id { get; set; }

    /// <summary>What people quote: digits, unique; see <see cref="TicketNumber"/>.</summary>
    public required string Number { get; set; }

    public required string Subject { get; set; }

    public TicketState State { get; set; }

    public TicketPriority Priority { get; set; } = TicketPriority.Normal;

    public long QueueId { get; set; }

    public Queue? Queue { get; set; }

    public string? OwnerId { get; set; }

    public long CustomerId { get; set; }

    public Customer? Customer { get; set; }

    /// <summary>The mailbox the first mail came through; null for pushed or imported mail without one.</summary>
    public long? MailboxId { get; set; }

    /// <summary>The department it came in to; a later move changes whom replies leave from.</summary>
    public long CameInDepartmentId { get; set; }

    public long? MergedIntoId { get; set; }

    public int MessageCount { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime UpdatedAt { get; set; }

    /// <summary>When the last message of the customer came; what agents sort by.</summary>
    public DateTime? LastCustomerMessageAt { get; set; }

    public List<TicketTag> Tags { get; } = [];
}
