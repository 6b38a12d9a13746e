namespace HelpdeskMail.Core.CommunicationLog;

public enum CommunicationKind
{
    Connection,
    Message,
}

public enum CommunicationDirection
{
    Incoming,
    Outgoing,
}

public enum CommunicationStatus
{
    Processing,
    Successful,
    Warning,
    Failed,
}

/// <summary>Ordered: a filter by one shows it and all higher.</summary>
public enum LogLevels
{
    Debug,
    Info,
    Notice,
    Warning,
    Error,
}
