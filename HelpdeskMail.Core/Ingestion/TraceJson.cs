using System.Text.Json;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>A trace as it is kept with its mail.</summary>
internal static class TraceJson
{
    private const int MaxLength = 64 * 1024;

    // A character of another script takes six in JSON: what these two leave fits.
    private const int ShortDetail = 300;
    private const int EachEnd = 15;

    /// <summary>A trace that is too long to keep loses the ends of its sentences, and then steps from its middle, and says so.</summary>
    public static string Write(IReadOnlyList<TraceStep> trace)
    {
        var json = JsonSerializer.Serialize(trace);
        if (json.Length <= MaxLength) return json;
        TraceStep[] cut = [.. trace.Select(step => step.Detail.Length > ShortDetail ? step with { Detail = MailText.Line(step.Detail, ShortDetail) + " …" } : step)];
        json = JsonSerializer.Serialize(cut);
        if (json.Length <= MaxLength || cut.Length <= 2 * EachEnd) return json;
        return JsonSerializer.Serialize<TraceStep[]>([.. cut[..EachEnd], new TraceStep("…", "left out", $"{cut.Length - (2 * EachEnd)} steps more; Explain shows them all."), .. cut[^EachEnd..]]);
    }

    /// <summary>Empty for a mail without one, or with one that a former version kept only the beginning of.</summary>
    public static IReadOnlyList<TraceStep> Read(string? trace)
    {
        try
        {
            return trace is null ? [] : JsonSerializer.Deserialize<List<TraceStep>>(trace) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
