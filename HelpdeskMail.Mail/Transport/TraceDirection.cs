namespace HelpdeskMail.Mail.Transport;

public enum TraceDirection
{
    Client,
    Server,
    Note,
}
