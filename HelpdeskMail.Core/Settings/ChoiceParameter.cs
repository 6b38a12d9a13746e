using System.Text.Json;
using System.Text.Json.Nodes;

namespace HelpdeskMail.Core.Settings;

/// <summary>One of an enum's names, in lower camel case.</summary>
public sealed class ChoiceParameter<TEnum>(string key, TEnum standard, string description) : Parameter<TEnum>(key, description), IChoiceParameter
    where TEnum : struct, Enum
{
    private static readonly Dictionary<string, TEnum> Names = Enum.GetValues<TEnum>().ToDictionary(NameOf, value => value, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> Choices { get; } = [.. Enum.GetValues<TEnum>().Select(NameOf)];

    public override string DefaultText => NameOf(standard);

    internal override string? Check(string text, out string tidy)
    {
        var known = Names.TryGetValue(text.Trim(), out var value);
        tidy = known ? NameOf(value) : text;
        return known ? null : $"Must be one of {string.Join(", ", Choices)}.";
    }

    internal override JsonNode ToJson(string text) => text;

    internal override TEnum Read(string? text) => text is not null && Names.TryGetValue(text, out var value) ? value : standard;

    private static string NameOf(TEnum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
