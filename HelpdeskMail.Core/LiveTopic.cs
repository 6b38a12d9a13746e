namespace HelpdeskMail.Core;

public enum LiveTopic
{
    Tickets,
    Mailboxes,
    Communications,
}
