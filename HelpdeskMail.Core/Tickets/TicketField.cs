namespace HelpdeskMail.Core.Tickets;

/// <summary>A free field of a ticket, such as a program that writes to us sets by X-Helpdesk-DynamicField-NAME (O6).</summary>
public sealed class TicketField
{
    public long TicketId { get; set; }

    public required string Name { get; set; }

    public required string Value { get; set; }
}
