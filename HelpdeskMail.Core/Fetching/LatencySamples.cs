using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Mailboxes.Health;

namespace HelpdeskMail.Core.Fetching;

/// <summary>How long the mails of one fetch took from the server's reception to their tickets (G12). Times of reception are whole seconds by the server's clock.</summary>
internal sealed class LatencySamples
{
    /// <summary>How far a server's clock may be behind ours before its mail is taken for old.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    private readonly DateTime since;
    private readonly TimeProvider time;

    private LatencySamples(DateTime since, TimeProvider time) => (this.since, this.time) = (since, time);

    public static LatencySamples None { get; } = new(DateTime.MaxValue, TimeProvider.System);

    /// <summary>By the buckets of <see cref="LatencyScale"/>.</summary>
    public List<int> Counts { get; } = [];

    /// <summary>What was received before the last good look at the folder and wasn't there then was put in by somebody: its way says nothing about the
    /// mailbox, and neither does mail that waited for the mailbox's first fetch.</summary>
    public static LatencySamples For(MailboxStatus status, TimeProvider time) =>
        status is { LastSuccessAt: { } success, LastFetchAt: { } fetch } ? new((success < fetch ? success : fetch) - Slack, time) : None;

    /// <summary>Mails that are tickets now.</summary>
    public void Add(IEnumerable<IncomingMail> mails)
    {
        var now = time.GetUtcNow().UtcDateTime;
        foreach (var mail in mails)
        {
            if ((mail.Entry?.ReceivedAt ?? mail.Mail?.ReceivedAt) is { } received && received >= since) LatencyScale.Add(Counts, now - received);
        }
    }
}
