namespace HelpdeskMail.Core.Tickets;

public enum TicketSort
{
    Updated,
    Created,
    Number,
    Subject,
    Priority,
    Customer,
}
