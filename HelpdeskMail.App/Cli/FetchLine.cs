using System.Text.Json.Serialization;
using HelpdeskMail.Core.Fetching;

namespace HelpdeskMail.App.Cli;

/// <summary>What <c>fetch</c> and <c>import</c> print for a mailbox (API.md, "Command output").</summary>
/// <param name="Read">Messages read from files; only with <c>import</c>.</param>
internal sealed record FetchLine(
    string Mailbox, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Read, int Found, int Stored, int Decided, int Quarantined, int Acknowledged, int Skipped,
    double Seconds, double PerSecond, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FetchError? Error)
{
    public static FetchLine Of(FetchResult result) =>
        new(result.Mailbox, null, result.Found, result.Stored, result.Decided, result.Quarantined, result.Acknowledged, result.Skipped, Math.Round(result.Seconds, 3), result.PerSecond, result.Error);
}
