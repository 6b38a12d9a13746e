namespace HelpdeskMail.Core.Replay;

/// <summary>What applying today's decision to a mail that has been decided does.</summary>
public enum ReplayEffect
{
    /// <summary>Nothing: it would be decided as it was.</summary>
    None,

    /// <summary>Its ticket goes to another queue; nobody has worked on it. What else the rules say of it is corrected, too.</summary>
    MoveTicket,

    /// <summary>What filters and commands say of its ticket is corrected; its queue stays.</summary>
    ChangeTicket,

    /// <summary>Its message goes to another ticket.</summary>
    MoveMessage,

    /// <summary>Its message leaves the ticket for one of its own.</summary>
    OwnTicket,

    /// <summary>It made no ticket before and is decided now.</summary>
    Decide,

    /// <summary>It would be decided otherwise, but stays as it is, for the reason given.</summary>
    LeaveAlone,
}
