namespace HelpdeskMail.Core.Fetching;

/// <summary>What a fetch did so far. Download and decisions count at the same time.</summary>
internal sealed class FetchCounts
{
    private int found;
    private int stored;
    private int decided;
    private int quarantined;
    private int acknowledged;
    private int skipped;

    public int Found => found;

    public int Stored => stored;

    public int Decided => decided;

    public void Add(int found = 0, int stored = 0, int decided = 0, int quarantined = 0, int acknowledged = 0, int skipped = 0)
    {
        Interlocked.Add(ref this.found, found);
        Interlocked.Add(ref this.stored, stored);
        Interlocked.Add(ref this.decided, decided);
        Interlocked.Add(ref this.quarantined, quarantined);
        Interlocked.Add(ref this.acknowledged, acknowledged);
        Interlocked.Add(ref this.skipped, skipped);
    }

    /// <summary>Messages in the folder at the end; null where the server doesn't tell.</summary>
    public int? InFolder { get; set; }

    public required LatencySamples Latency { get; init; }

    /// <summary>As the source had it at the end.</summary>
    public DateTime? CertificateExpiresAt { get; set; }

    public FetchResult ToResult(string mailbox, TimeSpan took, FetchError? error) =>
        new(mailbox, found, stored, decided, quarantined, acknowledged, skipped, Math.Round(took.TotalSeconds, 3), error);

    public override string ToString() => $"{found} found, {stored} stored, {decided} decided, {quarantined} quarantined, {acknowledged} acknowledged, {skipped} skipped.";
}
