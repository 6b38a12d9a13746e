using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Mailboxes.Health;
using HelpdeskMail.Core.Telemetry;

namespace HelpdeskMail.Core.Fetching;

/// <summary>How long the mails of one fetch took from the server's reception to their tickets (G12). Times of reception are whole seconds by the server's clock.</summary>
internal sealed class LatencySamples
{
    /// <summary>How far a server's clock may be behind ours before its mail is taken for old.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    private readonly DateTime since;
    private readonly string mailbox;
    private readonly HelpdeskMetrics metrics;
    private readonly TimeProvider time;

    private LatencySamples(DateTime since, string mailbox, HelpdeskMetrics metrics, TimeProvider time) => (this.since, this.mailbox, this.metrics, this.time) = (since, mailbox, metrics, time);

    /// <summary>By the buckets of <see cref="LatencyScale"/>.</summary>
    public List<int> Counts { get; } = [];

    /// <summary>What was received before the last good look at the folder and wasn't there then was put in by somebody: its way says nothing about the
    /// mailbox, and neither does mail that waited for the mailbox's first fetch.</summary>
    public static LatencySamples For(Mailbox mailbox, HelpdeskMetrics metrics, TimeProvider time)
    {
        var lastLook = mailbox.Status is { LastSuccessAt: { } success, LastFetchAt: { } fetch } ? (success < fetch ? success : fetch) - Slack : DateTime.MaxValue;
        return new LatencySamples(lastLook, mailbox.Name, metrics, time);
    }

    /// <summary>Mails that are tickets now.</summary>
    public void Add(IEnumerable<IncomingMail> mails)
    {
        var now = time.GetUtcNow().UtcDateTime;
        foreach (var mail in mails)
        {
            if ((mail.Entry?.ReceivedAt ?? mail.Mail?.ReceivedAt) is not { } received || received < since) continue;
            LatencyScale.Add(Counts, now - received);
            metrics.Delivered(mailbox, now > received ? now - received : TimeSpan.Zero);
        }
    }
}
