namespace HelpdeskMail.Core.Fetching;

/// <summary>One message that a server ever showed us, and what became of it.</summary>
public sealed class LedgerEntry
{
    /// <summary>Characters of the subject that are kept here.</summary>
    public const int MaxSubject = 500;

    public long Id { get; set; }

    public long MailboxId { get; set; }

    /// <summary>"UIDVALIDITY:UID" or "uidl:…", unique in its mailbox (with the folder it was seen in, for IMAP).</summary>
    public required string Identity { get; set; }

    public LedgerState State { get; set; }

    /// <summary>Why it was skipped or quarantined, or how it was closed without us (<see cref="LedgerReason"/>); null otherwise, and always while it is to be worked.</summary>
    public string? Reason { get; set; }

    /// <summary>More on <see cref="Reason"/>: the server's words, or who did it.</summary>
    public string? Detail { get; set; }

    /// <summary>Where its server copy was last known to be; null before it was acknowledged or reconciled.</summary>
    public LedgerPlace? Place { get; set; }

    /// <summary>Bytes, as the server said.</summary>
    public long Size { get; set; }

    /// <summary>Somebody had it fetched although it is larger than the limit: up to so many bytes.</summary>
    public long? AllowedBytes { get; set; }

    public string? Subject { get; set; }

    /// <summary>Author's address of a message whose bytes were never ours: read from its header alone. Other rows have it with the stored mail.</summary>
    public string? Sender { get; set; }

    /// <summary>It was in the mailbox before the first fetch: its author is told nothing unless the mailbox says so (E5).</summary>
    public bool Backlog { get; set; }

    public long? StoredMailId { get; set; }

    public long? TicketId { get; set; }

    /// <summary>When the server received it (INTERNALDATE).</summary>
    public DateTime? ReceivedAt { get; set; }

    public DateTime SeenAt { get; set; }

    public DateTime? StoredAt { get; set; }

    public DateTime? DecidedAt { get; set; }

    public DateTime? AcknowledgedAt { get; set; }
}
