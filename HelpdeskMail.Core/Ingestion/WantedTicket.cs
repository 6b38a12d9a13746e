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

    /// <summary>Null: nothing is wanted.</summary>
    public ExplainedTicket? Explained(RoutingConfig config) => Priority is null && State is null && OwnerId is null && Customer is null && Tags.Count + Fields.Count == 0 ? null
        : new ExplainedTicket(Priority, State, OwnerId is { } owner ? config.AddressOf(owner) ?? owner : null, Customer?.Address, [.. Tags], Fields);
}
