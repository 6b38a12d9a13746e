namespace HelpdeskMail.Core.Mailboxes.Health;

/// <summary>How one mailbox did in one hour (UTC). Written at the end of each fetch, by whoever holds the mailbox's lease.</summary>
public sealed class MailboxHour
{
    public long MailboxId { get; set; }

    public DateTime Hour { get; set; }

    public int Fetches { get; set; }

    public int Failures { get; set; }

    /// <summary>From the server's reception to the ticket: counts by the buckets of <see cref="LatencyScale"/>.</summary>
    public List<int> Latency { get; set; } = [];

    /// <summary>The hour that a moment (UTC) is in.</summary>
    public static DateTime Of(DateTime moment) => new(moment.Ticks - (moment.Ticks % TimeSpan.TicksPerHour), DateTimeKind.Utc);
}
