namespace HelpdeskMail.Core.Tickets;

/// <summary>What a ticket list shows.</summary>
public sealed record TicketFilter
{
    public long? QueueId { get; init; }

    /// <summary>Empty: all but closed and merged.</summary>
    public IReadOnlyList<TicketState> States { get; init; } = [];

    public bool AllStates { get; init; }

    /// <summary>A user id; "none" for tickets nobody owns.</summary>
    public string? Owner { get; init; }

    /// <summary>Address of the customer.</summary>
    public string? Customer { get; init; }

    /// <summary>Looked for in number, subject, customer's name and address, and message text.</summary>
    public string? Text { get; init; }

    public TicketSort Sort { get; init; } = TicketSort.Updated;

    public bool Ascending { get; init; }

    /// <summary>Only what comes after this ticket's change; for the default order (last changed first) and page 1.</summary>
    public ListPosition? After { get; init; }

    /// <summary>1-based.</summary>
    public int Page { get; init; } = 1;

    public int PageSize { get; init; } = 50;
}
