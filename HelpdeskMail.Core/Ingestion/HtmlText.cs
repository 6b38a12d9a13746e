using System.Net;
using System.Text;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>The text of a mail that has only HTML: for search, previews and people who read plain text. Not for display as HTML.</summary>
internal static class HtmlText
{
    private static readonly string[] Unseen = ["script", "style", "head", "title", "template"];

    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "p", "div", "br", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "section", "article", "header", "footer",
    };

    public static string Of(string html)
    {
        var text = new StringBuilder(Math.Min(html.Length, 64 * 1024));
        var at = 0;
        while (at < html.Length && text.Length < MailText.MaxText)
        {
            var open = html.IndexOf('<', at);
            Append(text, html.AsSpan(at, (open < 0 ? html.Length : open) - at));
            if (open < 0) break;
            at = AfterTag(html, open, text);
        }
        return WebUtility.HtmlDecode(text.ToString()).Replace('\u00A0', ' ').Trim();
    }

    private static int AfterTag(string html, int open, StringBuilder text)
    {
        if (string.CompareOrdinal(html, open, "<!--", 0, 4) == 0) return After(html, "-->", open + 4);
        var close = html.IndexOf('>', open);
        if (close < 0) return html.Length;
        var tag = html.AsSpan(open + 1, close - open - 1);
        var ends = tag.StartsWith("/");
        if (ends) tag = tag[1..];
        var length = tag.IndexOfAnyExcept(Letters);
        var name = length < 0 ? tag : tag[..length];
        if (Blocks.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name)) Break(text);
        if (ends) return close + 1;
        foreach (var unseen in Unseen)
        {
            if (name.Equals(unseen, StringComparison.OrdinalIgnoreCase)) return After(html, "</" + unseen, close + 1) is var end && end < html.Length ? After(html, ">", end) : end;
        }
        return close + 1;
    }

    private static readonly System.Buffers.SearchValues<char> Letters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    private static int After(string html, string what, int from)
    {
        var found = html.IndexOf(what, from, StringComparison.OrdinalIgnoreCase);
        return found < 0 ? html.Length : found + what.Length;
    }

    private static void Append(StringBuilder text, ReadOnlySpan<char> words)
    {
        foreach (var c in words)
        {
            if (!char.IsWhiteSpace(c)) text.Append(c);
            else if (text.Length > 0 && text[^1] is not (' ' or '\n')) text.Append(' ');
        }
    }

    private static void Break(StringBuilder text)
    {
        if (text.Length > 0 && text[^1] == ' ') text.Length--;
        if (text.Length > 0 && (text[^1] != '\n' || (text.Length > 1 && text[^2] != '\n'))) text.Append('\n');
    }
}
