namespace HelpdeskMail.Core.Mailboxes.Health;

/// <summary>Failures of a mailbox in a row, from the first to the recovery: one row of its error journal (E8).</summary>
public sealed class MailboxTrouble
{
    public long Id { get; set; }

    public long MailboxId { get; set; }

    public DateTime FirstAt { get; set; }

    public DateTime LastAt { get; set; }

    /// <summary>When it worked again; null: it doesn't yet.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>How many fetches failed.</summary>
    public int Count { get; set; }

    /// <summary>Kind and words of the last failure.</summary>
    public MailboxErrorKind Kind { get; set; }

    public string Text { get; set; } = "";

    /// <summary>The server's or the system's own words, verbatim.</summary>
    public string? Server { get; set; }

    public string Advice { get; set; } = "";

    /// <summary>The last failed connection in the communication log, which keeps it for a month.</summary>
    public long? CommunicationId { get; set; }
}
