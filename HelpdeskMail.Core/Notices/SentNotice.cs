namespace HelpdeskMail.Core.Notices;

/// <summary>A notice that went to the outbox; what "at most one of a kind per address and day" is counted by.</summary>
public sealed class SentNotice
{
    public long Id { get; set; }

    public NoticeKind Kind { get; set; }

    /// <summary>Normalised (lower case).</summary>
    public required string Address { get; set; }

    public DateTime SentAt { get; set; }

    public long OutboxMailId { get; set; }

    /// <summary>The mail that it answers; null where its bytes were never ours.</summary>
    public long? StoredMailId { get; set; }
}
