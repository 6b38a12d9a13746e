using System.Text.RegularExpressions;

namespace HelpdeskMail.App.Components.Pages.Tickets;

/// <summary>Finds what can be clicked in plain text. Only http, https and mailto ever become links, so there is nothing to escape but text.</summary>
internal static partial class LinkedText
{
    private const int MaxLinks = 500;

    /// <summary>The text in pieces; a piece with a link shows its text and leads there.</summary>
    public static IReadOnlyList<(string Text, string? Link)> Split(string text)
    {
        var pieces = new List<(string Text, string? Link)>();
        var at = 0;
        var links = 0;
        foreach (var match in Links().EnumerateMatches(text))
        {
            if (++links > MaxLinks) break;
            var found = text.AsSpan(match.Index, match.Length).TrimEnd(".,;:!?'\"*_");
            while (found.Length > 0 && found[^1] is ')' or ']' && found.Count(found[^1]) > found.Count(found[^1] == ')' ? '(' : '[')) found = found[..^1].TrimEnd(".,;:!?");
            var shown = found.ToString();
            if (shown.Length < 5) continue;
            if (match.Index > at) pieces.Add((text[at..match.Index], null));
            pieces.Add((shown, Target(shown)));
            at = match.Index + shown.Length;
        }

        if (at < text.Length) pieces.Add((text[at..], null));
        return pieces;
    }

    private static string Target(string shown) =>
        shown.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? "http://" + shown
        : shown.Contains("://", StringComparison.Ordinal) || shown.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? shown
        : "mailto:" + shown;

    // Without backtracking: the text is a stranger's.
    [GeneratedRegex(@"(?i)(?:https?://|mailto:|www\.)[^\s<>""\u0000-\u0020\u200e\u200f\u202a-\u202e\u2066-\u2069]+|[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Links();
}
