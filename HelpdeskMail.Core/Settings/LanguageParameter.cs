using System.Text.Json.Nodes;

namespace HelpdeskMail.Core.Settings;

/// <summary>A language by its primary subtag, such as "en" (RFC 5646 §2.2.1).</summary>
public sealed class LanguageParameter(string key, string standard, string description) : Parameter<string>(key, description)
{
    public override string DefaultText => standard;

    /// <summary>Two or three letters, in lower case; null: it is none. A region ("en-GB") is cut off.</summary>
    public static string? Tidy(string? text)
    {
        var primary = (text ?? "").Split(['-', '_', ',', ';'])[0].Trim().ToLowerInvariant();
        return primary.Length is 2 or 3 && primary.All(char.IsAsciiLetterLower) ? primary : null;
    }

    internal override string? Check(string text, out string tidy)
    {
        tidy = Tidy(text) ?? "";
        return tidy.Length > 0 ? null : "Must be the two letters of a language, such as en or de.";
    }

    internal override JsonNode ToJson(string text) => text;

    internal override string Read(string? text) => Tidy(text) ?? standard;
}
