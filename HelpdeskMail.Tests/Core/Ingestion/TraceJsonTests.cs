using HelpdeskMail.Core.Ingestion;
using Xunit;

namespace HelpdeskMail.Tests.Core.Ingestion;

public sealed class TraceJsonTests
{
    [Fact]
    public void Trace_OfOrdinaryLength_IsKeptAsItIs()
    {
        TraceStep[] trace = [new("trust", "pass", "no commands"), new("filters", "matched", "\"VIP\": Betreff enthält „Ünïcode“")];

        Assert.Equal(trace, TraceJson.Read(TraceJson.Write(trace)));
    }

    [Theory]
    [InlineData(2_000, 20)] // many filters
    [InlineData(20, 60_000)] // long values
    [InlineData(2_000, 60_000)]
    public void Trace_ThatIsTooLong_KeepsItsBeginningAndItsEndAndSaysSo(int steps, int length)
    {
        TraceStep[] trace = [.. Enumerable.Range(0, steps).Select(number => new TraceStep("step " + number, "matched", new string('ж', length)))];

        var json = TraceJson.Write(trace);
        var kept = TraceJson.Read(json);

        Assert.InRange(json.Length, 1, 64 * 1024);
        Assert.Equal(("step 0", "step " + (steps - 1)), (kept[0].Name, kept[^1].Name));
        Assert.Equal(kept.Count < steps, kept.Any(step => step.Verdict == "left out"));
    }

    [Fact]
    public void Trace_CutOffByAFormerVersion_IsEmptyRatherThanAFault() => Assert.Empty(TraceJson.Read("[{\"Name\":\"trust\",\"Verd"));
}
