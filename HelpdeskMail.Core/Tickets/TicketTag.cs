namespace HelpdeskMail.Core.Tickets;

public sealed class TicketTag
{
    public long TicketId { get; set; }

    public required string Tag { get; set; }
}
