using System.Net;
using System.Text;

namespace HelpdeskMail.Mail.Reports;

/// <summary>HTML to plain text in one pass, for reading what a mail says: block elements break lines, quotations get "&gt; ".
/// It makes no claim to safety; what is shown to people goes through a sanitiser.</summary>
public static class HtmlText
{
    private const int MaxQuoteDepth = 20;

    public static string From(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        var output = new StringBuilder(html.Length / 2);
        var line = new StringBuilder();
        var depth = 0;
        var at = 0;
        while (at < html.Length)
        {
            var open = html.IndexOf('<', at);
            AppendText(line, html.AsSpan(at, (open < 0 ? html.Length : open) - at));
            if (open < 0) break;
            if (html.AsSpan(open).StartsWith("<!--"))
            {
                var endComment = html.IndexOf("-->", open + 4, StringComparison.Ordinal);
                at = endComment < 0 ? html.Length : endComment + 3;
                continue;
            }
            var close = html.IndexOf('>', open);
            if (close < 0) break;
            var tag = html.AsSpan(open + 1, close - open - 1);
            at = close + 1;
            var closing = tag.Length > 0 && tag[0] == '/';
            if (closing) tag = tag[1..];
            var end = tag.IndexOfAny(" \t\r\n/");
            var name = end < 0 ? tag : tag[..end];
            if (!closing && IsOpaque(name))
            {
                var stop = html.IndexOf("</" + name.ToString(), at, StringComparison.OrdinalIgnoreCase);
                at = stop < 0 ? html.Length : stop;
                continue;
            }
            if (!BreaksLine(name)) continue;
            var isQuote = name.Equals("blockquote", StringComparison.OrdinalIgnoreCase);
            if (line.Length > 0 || name.Equals("br", StringComparison.OrdinalIgnoreCase) || (closing && name.Equals("p", StringComparison.OrdinalIgnoreCase))) EndLine(output, line, depth);
            if (name.Equals("hr", StringComparison.OrdinalIgnoreCase)) output.Append('>', depth).Append("________________________________\n");
            if (isQuote) depth = Math.Clamp(depth + (closing ? -1 : 1), 0, MaxQuoteDepth);
        }
        if (line.Length > 0) EndLine(output, line, depth);
        return output.ToString().Trim('\n');
    }

    private static void EndLine(StringBuilder output, StringBuilder line, int depth)
    {
        if (depth > 0) output.Append('>', depth).Append(' ');
        output.Append(line.ToString().Trim()).Append('\n');
        line.Clear();
    }

    private static void AppendText(StringBuilder line, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return;
        var decoded = text.Contains('&') ? WebUtility.HtmlDecode(text.ToString()).AsSpan() : text;
        foreach (var c in decoded)
        {
            if (c is ' ' or '\t' or '\r' or '\n' or '\u00a0')
            {
                if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
            }
            else if (c is not ('\u200b' or '\ufeff')) line.Append(c);
        }
    }

    private static bool IsOpaque(ReadOnlySpan<char> name) =>
        name.Equals("style", StringComparison.OrdinalIgnoreCase) || name.Equals("script", StringComparison.OrdinalIgnoreCase)
        || name.Equals("head", StringComparison.OrdinalIgnoreCase) || name.Equals("title", StringComparison.OrdinalIgnoreCase);

    private static bool BreaksLine(ReadOnlySpan<char> name)
    {
        Span<char> lower = stackalloc char[12];
        if (name.Length is 0 or > 12) return false;
        var n = name.ToLowerInvariant(lower);
        return lower[..n] is "br" or "p" or "div" or "tr" or "li" or "ul" or "ol" or "table" or "blockquote" or "hr" or "pre" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6"
            or "section" or "article" or "header" or "footer" or "body" or "dd" or "dt" or "center";
    }
}
