using System.Text.Json.Nodes;
using HelpdeskMail.Core.Routing.Addresses;
using HelpdeskMail.Mail.Addresses;

namespace HelpdeskMail.Core.Settings;

/// <summary>A comma-separated list of addresses and of domains with a leading "@"; empty by default.</summary>
public sealed class SendersParameter(string key, string description) : Parameter<IReadOnlyList<string>>(key, description)
{
    public override string DefaultText => "";

    internal override string? Check(string text, out string tidy)
    {
        var senders = Split(text);
        tidy = string.Join(", ", senders);
        var bad = senders.Where(sender => !IsSender(sender)).ToList();
        return bad.Count == 0 ? null : $"Neither an address nor a domain: {string.Join(", ", bad)}. Write alice@example.org or @example.org, separated by commas.";
    }

    internal override JsonNode ToJson(string text) => text;

    /// <summary>Lower case.</summary>
    internal override IReadOnlyList<string> Read(string? text) => Split(text ?? "");

    private static bool IsSender(string text) => text.StartsWith('@') ? DomainName.IsValid(text[1..]) : MailAddress.TryParse(text, out var address) && address.DisplayName is null;

    private static List<string> Split(string text) =>
        [.. text.Split([',', ';', ' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(sender => sender.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];
}
