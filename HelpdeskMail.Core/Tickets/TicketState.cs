namespace HelpdeskMail.Core.Tickets;

public enum TicketState
{
    New,
    Open,
    Pending,
    Closed,
    Merged,
}
