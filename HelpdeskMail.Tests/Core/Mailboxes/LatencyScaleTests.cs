using HelpdeskMail.Core.Mailboxes.Health;
using Xunit;

namespace HelpdeskMail.Tests.Core.Mailboxes;

public sealed class LatencyScaleTests
{
    [Theory]
    [InlineData(0.4)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(600)]
    [InlineData(90_000)]
    public void Percentile_OfManyAlike_IsWithinAFifth(double seconds)
    {
        var counts = new List<int>();
        for (var i = 0; i < 1000; i++) LatencyScale.Add(counts, TimeSpan.FromSeconds(seconds));

        Assert.InRange(LatencyScale.Percentile(counts, 0.5)!.Value.TotalSeconds, seconds * 0.8, seconds * 1.2);
    }

    [Fact]
    public void Percentile_OneSlowInTwenty_IsOutsideTheMedian()
    {
        var counts = new List<int>();
        for (var i = 0; i < 94; i++) LatencyScale.Add(counts, TimeSpan.FromSeconds(1));
        for (var i = 0; i < 6; i++) LatencyScale.Add(counts, TimeSpan.FromHours(1));

        Assert.InRange(LatencyScale.Percentile(counts, 0.5)!.Value.TotalSeconds, 0.7, 1.1);
        Assert.InRange(LatencyScale.Percentile(counts, 0.95)!.Value.TotalSeconds, 2800, 4400);
    }

    [Fact]
    public void Nothing_HasNoPercentile_AndFutureOrEndlessTimesAreCountedAtTheEnds()
    {
        var counts = new List<int>();
        Assert.Null(LatencyScale.Percentile(counts, 0.5));

        LatencyScale.Add(counts, TimeSpan.FromSeconds(-5));
        LatencyScale.Add(counts, TimeSpan.MaxValue);

        Assert.Equal((1, 1, 2), (counts[0], counts[^1], counts.Sum()));
    }

    [Fact]
    public void Merge_AddsBucketByBucket_WhateverTheLengths()
    {
        var sum = new List<int> { 1 };
        LatencyScale.Merge(sum, [1, 0, 2]);
        LatencyScale.Merge(sum, [0, 3]);
        Assert.Equal([2, 3, 2], sum);
    }
}
