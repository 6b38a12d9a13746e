namespace HelpdeskMail.Core.Mailboxes;

/// <summary>What the worker of a mailbox last met. A row of its own, so that saving the mailbox's settings never collides with a fetch.</summary>
public sealed class MailboxStatus
{
    public long MailboxId { get; set; }

    public MailboxState State { get; set; } = MailboxState.Never;

    public DateTime? LastFetchAt { get; set; }

    public DateTime? LastSuccessAt { get; set; }

    public int ErrorStreak { get; set; }

    public MailboxErrorKind? ErrorKind { get; set; }

    /// <summary>The error in plain words.</summary>
    public string? ErrorText { get; set; }

    /// <summary>The server's or the system's own words, verbatim.</summary>
    public string? ErrorServer { get; set; }

    /// <summary>What to do about it.</summary>
    public string? ErrorAdvice { get; set; }

    /// <summary>When administrators were alerted of the error (P17); null: they were not, or it is mended.</summary>
    public DateTime? AlertedAt { get; set; }

    /// <summary>Not before this time does the schedule try again (back-off); "Fetch now" ignores it.</summary>
    public DateTime? NextAttemptAt { get; set; }

    /// <summary>UIDVALIDITY of the folder at the last fetch (RFC 9051 §2.3.1.1); 0 before the first.</summary>
    public long UidValidity { get; set; }

    /// <summary>The folder that <see cref="UidValidity"/> and <see cref="LastUid"/> speak of, set when its first listing is in the ledger; another one starts anew.</summary>
    public string? CursorFolder { get; set; }

    /// <summary>Every UID up to this one is in the ledger.</summary>
    public long LastUid { get; set; }

    /// <summary>Messages in the folder when the last fetch or reconcile ended; null before the first.</summary>
    public int? InFolder { get; set; }

    /// <summary>Messages of ours in the archive folder: found there by the last reconcile, and moved there since.</summary>
    public int InArchive { get; set; }

    /// <summary>When <see cref="InFolder"/> was counted.</summary>
    public DateTime? CountedAt { get; set; }

    /// <summary>The worker that holds the mailbox now ("node/process/random"); null: free.</summary>
    public string? LeaseOwner { get; set; }

    public DateTime? LeaseUntil { get; set; }

    /// <summary>When the certificate runs out that the server showed at the last connection; null: none was shown.</summary>
    public DateTime? CertificateExpiresAt { get; set; }

    /// <summary>How its watcher stands. Only good while <see cref="WatchUntil"/> is ahead: a watcher that died changes nothing any more.</summary>
    public PushState Push { get; set; }

    public DateTime? PushSince { get; set; }

    /// <summary>When the watcher connects again; null unless it is to.</summary>
    public DateTime? PushRetryAt { get; set; }

    /// <summary>The process that waits for mail on this mailbox; null: none.</summary>
    public string? WatchOwner { get; set; }

    public DateTime? WatchUntil { get; set; }

    /// <summary>How the watcher stands at <paramref name="now"/>.</summary>
    public PushState PushAt(DateTime now) => WatchOwner is not null && WatchUntil > now ? Push : PushState.None;
}
