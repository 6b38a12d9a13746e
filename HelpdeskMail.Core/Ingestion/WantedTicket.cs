using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>What a new ticket shall be, by command headers of a trusted mailbox (O6) or by filters (O5); what is null is left to the rest of the pipeline.</summary>
internal sealed class WantedTicket
{
    public TicketPriority? Priority { get; set; }

    public TicketState? State { get; set; }

    public string? OwnerId { get; set; }

    /// <summary>Normalised address of the customer it is made for instead of its sender.</summary>
    public MessageAddress? Customer { get; set; }

    public SortedSet<string> Tags { get; } = new(StringComparer.OrdinalIgnoreCase);

    public SortedDictionary<string, string> Fields { get; } = new(StringComparer.OrdinalIgnoreCase);
}
