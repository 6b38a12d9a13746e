namespace HelpdeskMail.Core.Tickets;

/// <summary>Somebody besides the customer who takes part in a ticket (P7): who was in To or Cc, or answered. Never an address of ours.</summary>
public sealed class TicketParticipant
{
    public long TicketId { get; set; }

    /// <summary>Normalised (lower case).</summary>
    public required string Address { get; set; }

    public string? Name { get; set; }

    public DateTime AddedAt { get; set; }
}
