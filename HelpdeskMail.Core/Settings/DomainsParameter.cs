using System.Globalization;
using System.Text.Json.Nodes;

namespace HelpdeskMail.Core.Settings;

/// <summary>A comma-separated list of mail domains; empty by default.</summary>
public sealed class DomainsParameter(string key, string description) : Parameter<IReadOnlyList<string>>(key, description)
{
    private static readonly IdnMapping Idn = new();

    public override string DefaultText => "";

    internal override string? Check(string text, out string tidy)
    {
        var domains = Split(text);
        tidy = string.Join(", ", domains);
        var bad = domains.Where(domain => !IsDomain(domain)).ToList();
        return bad.Count == 0 ? null : $"Not a domain: {string.Join(", ", bad)}. Write domains such as example.org, separated by commas.";
    }

    internal override JsonNode ToJson(string text) => text;

    /// <summary>Lower case, in Unicode.</summary>
    internal override IReadOnlyList<string> Read(string? text) => Split(text ?? "");

    private static List<string> Split(string text) =>
        [.. text.Split([',', ';', ' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(domain => domain.TrimStart('@').TrimEnd('.').ToLowerInvariant()).Distinct(StringComparer.Ordinal)];

    private static bool IsDomain(string domain)
    {
        try
        {
            return Uri.CheckHostName(Idn.GetAscii(domain)) == UriHostNameType.Dns;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
