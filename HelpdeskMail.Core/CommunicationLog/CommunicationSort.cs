namespace HelpdeskMail.Core.CommunicationLog;

public enum CommunicationSort
{
    Started,
    Duration,
    Account,
    Status,
}
