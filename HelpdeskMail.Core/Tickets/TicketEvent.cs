namespace HelpdeskMail.Core.Tickets;

/// <summary>A line of a ticket's history: who changed what, when.</summary>
public sealed class TicketEvent
{
    public long Id { get; set; }

    public long TicketId { get; set; }

    public DateTime At { get; set; }

    /// <summary>User id; null: the system.</summary>
    public string? ActorId { get; set; }

    public required string ActorName { get; set; }

    /// <summary>"created", "state", "queue", "owner", "priority", "tags", "followUp" …</summary>
    public required string Kind { get; set; }

    public string? From { get; set; }

    public string? To { get; set; }
}
