using System.Net;
using System.Text.RegularExpressions;

namespace HelpdeskMail.Core.Confirmations;

/// <summary>Finds the links of a mail. Only http and https with a host count, nothing is ever opened.</summary>
internal static partial class ConfirmationLinks
{
    private const int MaxLinks = 200;
    private const int MaxLength = 2000;

    /// <summary>Whatever undoes or explains instead of confirming.</summary>
    private static readonly string[] Others =
        ["/uf-", "cancel", "unsubscribe", "abmelden", "otpis", "support.", "/support", "/help", "help.", "privacy", "policies", "terms", "/legal", "answer.py", "facebook.", "twitter.", "youtube."];

    private static readonly string[] Confirming = ["confirm", "verif", "activ", "valid", "approve", "accept", "token", "bestaet", "podtver", "email_fwdr", "/vf-"];

    /// <summary>In the order of the text.</summary>
    public static IReadOnlyList<Uri> InText(string text)
    {
        var found = new List<Uri>();
        foreach (var match in Urls().EnumerateMatches(text))
        {
            Add(found, text.AsSpan(match.Index, match.Length).TrimEnd(".,;:!?'\"*_)]}").ToString());
            if (found.Count == MaxLinks) break;
        }
        return found;
    }

    /// <summary>Where the anchors of an HTML body lead.</summary>
    public static IReadOnlyList<string> InHtml(string html)
    {
        var found = new List<string>();
        foreach (var match in Anchors().EnumerateMatches(html))
        {
            var href = html.AsSpan(match.Index, match.Length);
            var value = href[(href.IndexOf('=') + 1)..].Trim().Trim("\"'").ToString();
            if (value.Length <= MaxLength) found.Add(WebUtility.HtmlDecode(value));
            if (found.Count == MaxLinks) break;
        }
        return found;
    }

    public static Uri? Read(string text) =>
        text.Length <= MaxLength && Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
        && url.Host.Contains('.', StringComparison.Ordinal) && url.UserInfo.Length == 0 && !text.Any(char.IsControl) ? url : null;

    /// <summary>Those that may confirm: of all that are left without what undoes or explains, the likeliest kind.</summary>
    public static IEnumerable<Uri> Likeliest(IEnumerable<Uri> links, string? confirms) => links
        .DistinctBy(link => link.AbsoluteUri)
        .Where(link => !Array.Exists(Others, word => $"{link.Host}{link.PathAndQuery}".Contains(word, StringComparison.OrdinalIgnoreCase)))
        .GroupBy(link => Rank(link, confirms))
        .MinBy(group => group.Key) ?? Enumerable.Empty<Uri>();

    private static int Rank(Uri link, string? confirms) =>
        confirms is not null && link.PathAndQuery.Contains(confirms, StringComparison.Ordinal) ? 0
        : Array.Exists(Confirming, word => link.PathAndQuery.Contains(word, StringComparison.OrdinalIgnoreCase)) ? 1
        : link.PathAndQuery.Length > 24 ? 2 : 3;

    private static void Add(List<Uri> found, string text)
    {
        if (Read(text) is { } url) found.Add(url);
    }

    // Without backtracking: the text is a stranger's.
    [GeneratedRegex(@"(?i)https?://[^\s<>""\u0000-\u0020\u200e\u200f\u202a-\u202e\u2066-\u2069]+", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Urls();

    [GeneratedRegex(@"(?i)\bhref\s*=\s*(?:""[^""<>]+""|'[^'<>]+')", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Anchors();
}
