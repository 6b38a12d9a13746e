namespace HelpdeskMail.Core.Mailboxes.Health;

/// <summary>How one mailbox did in one hour (UTC). Written at the end of each fetch, by whoever holds the mailbox's lease.</summary>
public sealed class MailboxHour
{
    public long MailboxId { get; set; }

    public DateTime Hour { get; set; }

    public int Fetches { get; set; }

    public int Failures { get; set; }

    /// <summary>From the server's reception to our commit; counts by the buckets of <see cref="LatencyScale"/>.</summary>
    public List<int> Stored { get; set; } = [];

    /// <summary>From the server's reception to the decision, when the ticket is there.</summary>
    public List<int> Ticket { get; set; } = [];
}
