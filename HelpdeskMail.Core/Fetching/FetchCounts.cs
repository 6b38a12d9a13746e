namespace HelpdeskMail.Core.Fetching;

/// <summary>What a fetch did so far.</summary>
internal sealed class FetchCounts
{
    public int Found { get; set; }

    public int Stored { get; set; }

    public int Decided { get; set; }

    public int Quarantined { get; set; }

    public int Acknowledged { get; set; }

    public int Skipped { get; set; }

    public FetchResult ToResult(string mailbox, TimeSpan took, FetchError? error) =>
        new(mailbox, Found, Stored, Decided, Quarantined, Acknowledged, Skipped, Math.Round(took.TotalSeconds, 3), error);

    public override string ToString() => $"{Found} found, {Stored} stored, {Decided} decided, {Quarantined} quarantined, {Acknowledged} acknowledged, {Skipped} skipped.";
}
