using System.Text.Json.Nodes;

namespace HelpdeskMail.Core.Settings;

/// <summary>A switch: "true" or "false".</summary>
public sealed class FlagParameter(string key, bool standard, string description) : Parameter<bool>(key, description)
{
    public override string DefaultText => standard ? "true" : "false";

    internal override string? Check(string text, out string tidy)
    {
        tidy = text.Trim().ToLowerInvariant();
        return tidy is "true" or "false" ? null : "Must be true or false.";
    }

    internal override JsonNode ToJson(string text) => text;

    internal override bool Read(string? text) => (text ?? DefaultText) == "true";
}
