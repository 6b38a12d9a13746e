namespace HelpdeskMail.Core.Tickets;

public enum MessageDirection
{
    Inbound,
    Outbound,
}
