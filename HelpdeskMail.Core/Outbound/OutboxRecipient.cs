namespace HelpdeskMail.Core.Outbound;

/// <summary>One envelope recipient of an outbox mail and how far it got.</summary>
public sealed class OutboxRecipient
{
    public long Id { get; set; }

    public long OutboxMailId { get; set; }

    public OutboxMail? OutboxMail { get; set; }

    public required string Address { get; set; }

    public OutboxState State { get; set; }

    public int Attempts { get; set; }

    /// <summary>When it is due; also when a sender that took it (Sending) counts as dead.</summary>
    public DateTime? NextAttemptAt { get; set; }

    /// <summary>When the content of the mail began to go out in the current attempt; written before it does.
    /// A sender that died without it can't have sent anything, one that died with it may have.</summary>
    public DateTime? DataAt { get; set; }

    /// <summary>The server's last answer, verbatim.</summary>
    public string? ServerAnswer { get; set; }

    public DateTime UpdatedAt { get; set; }
}
