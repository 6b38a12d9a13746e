namespace HelpdeskMail.Core.CommunicationLog;

/// <summary>One connection to a server or one message on its way, with everything that happened to it.</summary>
public sealed class Communication
{
    public long Id { get; set; }

    public CommunicationKind Kind { get; set; }

    public CommunicationDirection Direction { get; set; }

    public CommunicationStatus Status { get; set; }

    /// <summary>The account as it was called then.</summary>
    public string Account { get; set; } = "";

    public long? MailboxId { get; set; }

    public long? OutboundAccountId { get; set; }

    /// <summary>For a message: the connection it came or went over.</summary>
    public long? ConnectionId { get; set; }

    public DateTime StartedAt { get; set; }

    public DateTime? EndedAt { get; set; }

    /// <summary>Milliseconds; null while in progress.</summary>
    public double? Duration { get; set; }

    /// <summary>The highest level among <see cref="Entries"/>.</summary>
    public LogLevels Level { get; set; }

    /// <summary>One line for the list: the error's text, or what it came to.</summary>
    public string Summary { get; set; } = "";

    public string? Sender { get; set; }

    public string? Recipient { get; set; }

    public string? Subject { get; set; }

    public long? StoredMailId { get; set; }

    public long? OutboxMailId { get; set; }

    public long? TicketId { get; set; }

    /// <summary>In order of time; one JSON column, never queried.</summary>
    public List<CommunicationEntry> Entries { get; set; } = [];
}
