namespace HelpdeskMail.Core.Ingestion;

/// <summary>A mail whose bytes are ours: committed before anything else happens to it.</summary>
public sealed class StoredMail
{
    public long Id { get; set; }

    public MailSourceKind Source { get; set; }

    public long? MailboxId { get; set; }

    public DateTime StoredAt { get; set; }

    public DateTime? DecidedAt { get; set; }

    /// <summary>Bytes of the raw mail.</summary>
    public long Size { get; set; }

    /// <summary>First 8 bytes of the raw bytes' SHA-256, indexed; the whole is <see cref="ContentHash"/>.</summary>
    public long ContentKey { get; set; }

    /// <summary>SHA-256 of the raw bytes, 32 bytes.</summary>
    public required byte[] ContentHash { get; set; }

    public StoredMailState State { get; set; }

    public int Attempts { get; set; }

    /// <summary>Why it is in quarantine, or what the last attempt died of.</summary>
    public string? Error { get; set; }

    public DecisionKind? Decision { get; set; }

    public DecisionReason? Reason { get; set; }

    /// <summary>The decision as a sentence for people.</summary>
    public string? Sentence { get; set; }

    /// <summary>The pipeline's trace as JSON; see <see cref="TraceStep"/>.</summary>
    public string? Trace { get; set; }

    /// <summary>Who decided it by hand; null: the program.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>The queue that the decision was for: where its new ticket was opened or is held for.</summary>
    public long? QueueId { get; set; }

    /// <summary>Somebody let it through although it is larger than the limit: up to so many bytes.</summary>
    public long? AllowedBytes { get; set; }

    public long? TicketId { get; set; }

    /// <summary>Whether notices to the sender may go out for it.</summary>
    public bool Notices { get; set; }

    public RawMail? Raw { get; set; }
}
