using HelpdeskMail.Core.Deliveries;

namespace HelpdeskMail.Core.Tickets;

/// <summary>A ticket in a list.</summary>
public sealed record TicketRow(
    long Id, string Number, string Subject, TicketState State, TicketPriority Priority, long QueueId, string Queue, string QueueColor, string Department,
    string? OwnerId, string? Owner, string CustomerName, string CustomerAddress, DateTime CreatedAt, DateTime UpdatedAt, int MessageCount, bool HasBounce,
    IReadOnlyList<string> Tags, long? MergedIntoId)
{
    /// <summary>What is the matter with its sent mail now.</summary>
    public DeliveryMark Mark { get; init; }

    /// <summary>The newest news of its sent mail: another one means that there is more to show.</summary>
    public long? LastNewsId { get; init; }

    /// <summary>Mail to its customer can't arrive.</summary>
    public bool CustomerUndeliverable { get; init; }
}
