using System.Diagnostics.Metrics;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Outbound;

namespace HelpdeskMail.Core.Telemetry;

/// <summary>What a monitoring system can watch (P20): the meter "HelpdeskMail". Durations are seconds. Tags: <c>mailbox</c> is its name,
/// <c>outcome</c> "ok" or the kind of error, <c>state</c> what became of a mail or recipient.</summary>
public sealed class HelpdeskMetrics : IDisposable
{
    public const string MeterName = "HelpdeskMail";

    private static readonly InstrumentAdvice<double> Latencies = new() { HistogramBucketBoundaries = [0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600, 14_400, 86_400] };
    private static readonly InstrumentAdvice<double> Durations = new() { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800] };

    private readonly Meter meter;
    private readonly Counter<long> mails;
    private readonly Counter<long> fetches;
    private readonly Histogram<double> fetchDuration;
    private readonly Histogram<double> stageDuration;
    private readonly Histogram<double> latency;
    private readonly Counter<long> recipients;
    private readonly UpDownCounter<long> waiting;

    private IReadOnlyDictionary<string, int> mailboxes = new Dictionary<string, int>(StringComparer.Ordinal);

    public HelpdeskMetrics(IMeterFactory factory)
    {
        meter = factory.Create(MeterName);
        mails = meter.CreateCounter<long>("helpdesk.mails", "{mail}", "Fetched mails by what became of them: stored, decided, quarantined, acknowledged.");
        fetches = meter.CreateCounter<long>("helpdesk.fetches", "{fetch}", "Fetches by outcome.");
        fetchDuration = meter.CreateHistogram("helpdesk.fetch.duration", "s", "How long a fetch of a mailbox took.", advice: Durations);
        stageDuration = meter.CreateHistogram("helpdesk.fetch.stage.duration", "s", "How long a stage of a fetch took: connect, list, take.", advice: Durations);
        latency = meter.CreateHistogram("helpdesk.mail.latency", "s", "From the server's reception of a mail to its ticket.", advice: Latencies);
        recipients = meter.CreateCounter<long>("helpdesk.outbox.recipients", "{recipient}", "Attempts to send by what came of them.");
        waiting = meter.CreateUpDownCounter<long>("helpdesk.push.connections", "{connection}", "Connections of this process that wait for mail.");
        meter.CreateObservableGauge("helpdesk.mailboxes", () => mailboxes.Select(pair => new Measurement<long>(pair.Value, new KeyValuePair<string, object?>("state", pair.Key))), "{mailbox}", "Valid mailboxes by state: ok, error.");
    }

    public void Dispose() => meter.Dispose();

    internal void Fetched(FetchResult result)
    {
        var mailbox = new KeyValuePair<string, object?>("mailbox", result.Mailbox);
        fetches.Add(1, mailbox, new("outcome", result.Error?.Kind.ToString() ?? "ok"));
        fetchDuration.Record(result.Seconds, mailbox);
        foreach (var (state, count) in new[] { ("stored", result.Stored), ("decided", result.Decided), ("quarantined", result.Quarantined), ("acknowledged", result.Acknowledged) })
        {
            if (count > 0) mails.Add(count, mailbox, new("state", state));
        }
    }

    internal void Stage(string mailbox, string stage, TimeSpan took) => stageDuration.Record(took.TotalSeconds, new("mailbox", mailbox), new("stage", stage));

    internal void Delivered(string mailbox, TimeSpan latency) => this.latency.Record(latency.TotalSeconds, new KeyValuePair<string, object?>("mailbox", mailbox));

    internal void Sent(IEnumerable<OutboxState> states)
    {
        foreach (var state in states.CountBy(state => state)) recipients.Add(state.Value, new KeyValuePair<string, object?>("state", state.Key.ToString().ToLowerInvariant()));
    }

    /// <summary>A connection waits until this is disposed.</summary>
    internal IDisposable Waiting()
    {
        waiting.Add(1);
        return new Wait(waiting);
    }

    internal void Mailboxes(int ok, int error) => mailboxes = new Dictionary<string, int>(StringComparer.Ordinal) { ["ok"] = ok, ["error"] = error };

    private sealed class Wait(UpDownCounter<long> waiting) : IDisposable
    {
        public void Dispose() => waiting.Add(-1);
    }
}
