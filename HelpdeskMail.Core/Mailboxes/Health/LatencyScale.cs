namespace HelpdeskMail.Core.Mailboxes.Health;

/// <summary>Buckets of durations on a logarithmic scale, two to each doubling: from a quarter of a second to a month in 46 numbers, each percentile
/// within a fifth of the truth. Counts of several hours are added up bucket by bucket.</summary>
public static class LatencyScale
{
    private const double First = 0.25;
    private const int PerDoubling = 2;
    private const int Last = 46;

    /// <summary>Counts a duration; the list grows as far as it needs to.</summary>
    public static void Add(List<int> counts, TimeSpan duration)
    {
        var bucket = duration.TotalSeconds <= First ? 0 : Math.Min(Last, (int)Math.Ceiling(Math.Log2(duration.TotalSeconds / First) * PerDoubling));
        while (counts.Count <= bucket) counts.Add(0);
        counts[bucket]++;
    }

    /// <summary>Adds the counts of <paramref name="more"/> to <paramref name="sum"/>.</summary>
    public static void Merge(List<int> sum, IReadOnlyList<int> more)
    {
        while (sum.Count < more.Count) sum.Add(0);
        for (var i = 0; i < more.Count; i++) sum[i] += more[i];
    }

    /// <summary>The duration that this share (0 to 1) of all stayed under, by interpolation inside its bucket; null without any.</summary>
    public static TimeSpan? Percentile(IReadOnlyList<int> counts, double share)
    {
        var total = counts.Sum();
        if (total == 0) return null;
        var rank = share * total;
        var below = 0;
        for (var bucket = 0; ; bucket++)
        {
            if (counts[bucket] > 0 && below + counts[bucket] >= rank)
            {
                var (from, to) = (bucket == 0 ? 0 : Upper(bucket - 1), Upper(bucket));
                return TimeSpan.FromSeconds(from + ((to - from) * (rank - below) / counts[bucket]));
            }
            below += counts[bucket];
        }
    }

    private static double Upper(int bucket) => First * Math.Pow(2, (double)bucket / PerDoubling);
}
