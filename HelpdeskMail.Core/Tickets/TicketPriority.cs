namespace HelpdeskMail.Core.Tickets;

public enum TicketPriority
{
    Low,
    Normal,
    High,
    Urgent,
}
