namespace HelpdeskMail.Core.Tickets;

/// <summary>A ticket in a list.</summary>
public sealed record TicketRow(
    long Id, string Number, string Subject, TicketState State, TicketPriority Priority, long QueueId, string Queue, string QueueColor, string Department,
    string? OwnerId, string? Owner, string CustomerName, string CustomerAddress, DateTime CreatedAt, DateTime UpdatedAt, int MessageCount, bool HasBounce,
    IReadOnlyList<string> Tags, long? MergedIntoId);
