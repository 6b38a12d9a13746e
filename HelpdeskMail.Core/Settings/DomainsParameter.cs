using System.Text.Json.Nodes;
using HelpdeskMail.Core.Routing.Addresses;

namespace HelpdeskMail.Core.Settings;

/// <summary>A comma-separated list of mail domains; empty by default.</summary>
public sealed class DomainsParameter(string key, string description) : Parameter<IReadOnlyList<string>>(key, description)
{
    public override string DefaultText => "";

    internal override string? Check(string text, out string tidy)
    {
        var domains = Split(text);
        tidy = string.Join(", ", domains);
        var bad = domains.Where(domain => !DomainName.IsValid(domain)).ToList();
        return bad.Count == 0 ? null : $"Not a domain: {string.Join(", ", bad)}. Write domains such as example.org, separated by commas.";
    }

    internal override JsonNode ToJson(string text) => text;

    /// <summary>Lower case, in Unicode.</summary>
    internal override IReadOnlyList<string> Read(string? text) => Split(text ?? "");

    private static List<string> Split(string text) =>
        [.. text.Split([',', ';', ' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(DomainName.Tidy).Distinct(StringComparer.Ordinal)];
}
