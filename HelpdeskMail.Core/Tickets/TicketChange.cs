namespace HelpdeskMail.Core.Tickets;

/// <summary>What to change of a ticket; null fields stay. Owner "" takes the owner away.</summary>
public sealed record TicketChange(TicketState? State = null, TicketPriority? Priority = null, long? QueueId = null, string? OwnerId = null, IReadOnlyList<string>? Tags = null);
