using System.Text.Json;

namespace HelpdeskMail.App.Api;

/// <summary>Reasons that are kept as words: in JSON like every enum, in lower camel case.</summary>
internal static class ReasonJson
{
    public static string Written(string reason) => JsonNamingPolicy.CamelCase.ConvertName(reason);

    /// <summary>The reason that a filter names, as it is kept; null for none.</summary>
    public static string? Read(string? text) => string.IsNullOrEmpty(text) ? null : char.ToUpperInvariant(text[0]) + text[1..];
}
