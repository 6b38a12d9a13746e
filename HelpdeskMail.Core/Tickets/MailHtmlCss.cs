using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace HelpdeskMail.Core.Tickets;

/// <summary>
/// Filters the CSS of mails: known properties with plain values, url() by <paramref name="url"/>. Anything else is left out,
/// above all escapes, functions that compute or load, positions, and every at-rule but @media.
/// </summary>
/// <param name="url">Answers an url() with what to write in its place, or null to leave the declaration out.</param>
internal sealed class MailHtmlCss(Func<string, string?> url)
{
    private const int MaxValue = 200_000;
    private const int MaxSheet = 500_000;
    private const int MaxNesting = 3;

    /// <summary>Escapes could spell anything; the others have no place in a plain value.</summary>
    private static readonly SearchValues<char> Never = SearchValues.Create("\\<>{}@&");

    private static readonly string[] Families = ["background", "border", "flex", "font", "list-style", "margin", "outline", "padding", "text"];

    private static readonly FrozenSet<string> Properties = (
        "align-content align-items align-self box-shadow box-sizing break-after break-before break-inside caption-side clear color column-gap columns column-count " +
        "direction display empty-cells float gap height hyphens justify-content justify-items justify-self letter-spacing line-height max-height max-width min-height min-width " +
        "object-fit opacity order orphans overflow overflow-wrap overflow-x overflow-y page-break-after page-break-before page-break-inside quotes row-gap tab-size table-layout " +
        "unicode-bidi vertical-align visibility white-space widows width word-break word-spacing word-wrap writing-mode").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Functions =
        "calc clamp hsl hsla linear-gradient max min radial-gradient rgb rgba url".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A style attribute's declarations.</summary>
    public string Declarations(string css)
    {
        var clean = new StringBuilder();
        foreach (var declaration in Split(Uncomment(css), ';')) Declaration(declaration, clean);
        return clean.ToString();
    }

    /// <summary>A style element's rules.</summary>
    public string Sheet(string css)
    {
        var clean = new StringBuilder();
        if (css.Length <= MaxSheet) Rules(Uncomment(css).Replace("<!--", "", StringComparison.Ordinal).Replace("-->", "", StringComparison.Ordinal), clean, 0);
        return clean.ToString();
    }

    private void Rules(string css, StringBuilder clean, int nesting)
    {
        var at = 0;
        while (at < css.Length)
        {
            var end = Find(css, at, "{};");
            if (end >= css.Length) return;
            var head = css[at..end].Trim();
            at = end + 1;
            if (css[end] != '{') continue;
            var close = FindClose(css, at);
            var block = css[at..close];
            at = close + 1;
            if (head.StartsWith("@media", StringComparison.OrdinalIgnoreCase)) Media(head, block, clean, nesting);
            else if (IsSelector(head)) Rule(head, block, clean);
        }
    }

    private void Media(string head, string block, StringBuilder clean, int nesting)
    {
        if (nesting >= MaxNesting || head.Length > 300 || !head.AsSpan(1).ContainsOnly(" ():-,./\n\r\t")) return;
        var inner = new StringBuilder();
        Rules(block, inner, nesting + 1);
        if (inner.Length > 0) clean.Append(head).Append('{').Append(inner).Append('}');
    }

    private void Rule(string head, string block, StringBuilder clean)
    {
        var inner = new StringBuilder();
        foreach (var declaration in Split(block, ';')) Declaration(declaration, inner);
        if (inner.Length > 0) clean.Append(head).Append('{').Append(inner).Append('}');
    }

    private static bool IsSelector(string head) => head.Length is > 0 and <= 2000 && head.AsSpan().ContainsOnly(" .#*>+~,:[]=\"'()-_^$|\n\r\t") && !Open(head);

    private void Declaration(string declaration, StringBuilder clean)
    {
        var colon = declaration.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || declaration.Length > MaxValue) return;
        var name = declaration[..colon].Trim().ToLowerInvariant();
        if (!Properties.Contains(name) && !Families.Any(family => name == family || (name.StartsWith(family, StringComparison.Ordinal) && name[family.Length] == '-'))) return;
        if (!name.AsSpan().ContainsOnly("-")) return;
        var value = Value(declaration[(colon + 1)..].Trim());
        if (!string.IsNullOrEmpty(value)) clean.Append(name).Append(':').Append(value).Append(';');
    }

    private string? Value(string value)
    {
        if (value.AsSpan().ContainsAny(Never) || Open(value)) return null;
        var clean = new StringBuilder(value.Length);
        var word = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (char.IsLetterOrDigit(c) || c is '-' or '_')
            {
                clean.Append(c);
                word++;
                continue;
            }

            if (c is '"' or '\'')
            {
                var end = value.IndexOf(c, i + 1);
                if (end < 0 || value.AsSpan(i, end - i).ContainsAny('\n', '\r', '\f')) return null;
                clean.Append(value, i, end - i + 1);
                i = end;
            }
            else if (c == '(')
            {
                var function = clean.ToString(clean.Length - word, word).ToLowerInvariant();
                if (function.Length > 0 && !Functions.Contains(function)) return null;
                clean.Append('(');
                if (function == "url" && !Url(value, ref i, clean)) return null;
            }
            else if (" #.,%+*/!)".Contains(c, StringComparison.Ordinal))
            {
                clean.Append(c);
            }
            else if (c is '\n' or '\r' or '\t')
            {
                clean.Append(' ');
            }
            else
            {
                return null;
            }

            word = 0;
        }

        return clean.ToString();
    }

    /// <summary>Reads what stands between the brackets of url() and writes it quoted, with its closing bracket; false where it may not stand.</summary>
    private bool Url(string value, ref int at, StringBuilder clean)
    {
        var from = at + 1;
        while (from < value.Length && char.IsWhiteSpace(value[from])) from++;
        if (from >= value.Length) return false;
        var quoted = value[from] is '"' or '\'';
        var end = quoted ? value.IndexOf(value[from], from + 1) : value.IndexOf(')', from);
        if (end < 0) return false;
        var close = quoted ? end + 1 : end;
        while (close < value.Length && char.IsWhiteSpace(value[close])) close++;
        if (close >= value.Length || value[close] != ')' || url(quoted ? value[(from + 1)..end] : value[from..end].Trim()) is not { } target) return false;
        clean.Append('"');
        foreach (var c in target)
        {
            if (c is <= ' ' or '"' or '\'' or '(' or ')' or '<' or '>' or '\\') clean.Append(CultureInfo.InvariantCulture, $"%{(int)c:X2}");
            else clean.Append(c);
        }

        clean.Append("\")");
        at = close;
        return true;
    }

    private static IEnumerable<string> Split(string css, char separator)
    {
        for (var at = 0; at < css.Length;)
        {
            var end = Find(css, at, separator.ToString());
            yield return css[at..end];
            at = end + 1;
        }
    }

    /// <summary>A quotation or bracket that isn't closed would take in what follows.</summary>
    private static bool Open(string text)
    {
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '"' or '\'')
            {
                i = text.IndexOf(text[i], i + 1);
                if (i < 0) return true;
            }
            else if (text[i] == '(')
            {
                depth++;
            }
            else if (text[i] == ')' && --depth < 0)
            {
                return true;
            }
        }

        return depth != 0;
    }

    /// <summary>The first of some characters outside quotation and round brackets; the length where there is none.</summary>
    private static int Find(string css, int from, string wanted)
    {
        var depth = 0;
        for (var i = from; i < css.Length; i++)
        {
            var c = css[i];
            if (c is '"' or '\'')
            {
                var end = EndOfString(css, i);
                i = end;
            }
            else if (depth == 0 && wanted.Contains(c, StringComparison.Ordinal)) return i;
            else if (c == '(') depth++;
            else if (c == ')' && depth > 0) depth--;
            else if (c is '{' or '}' && wanted.Contains(c, StringComparison.Ordinal)) return i; // a lost bracket ends with its rule
        }

        return css.Length;
    }

    private static int FindClose(string css, int from)
    {
        var depth = 1;
        for (var i = from; i < css.Length; i++)
        {
            var c = css[i];
            if (c is '"' or '\'') i = EndOfString(css, i);
            else if (c == '{') depth++;
            else if (c == '}' && --depth == 0) return i;
        }

        return css.Length;
    }

    /// <summary>A string ends at its quote, or as a bad string at the line's end (CSS Syntax §4.3.5).</summary>
    private static int EndOfString(string css, int quote)
    {
        var end = quote + 1;
        while (end < css.Length && css[end] != css[quote] && css[end] is not ('\n' or '\r')) end++;
        return end;
    }

    private static string Uncomment(string css)
    {
        var start = css.IndexOf("/*", StringComparison.Ordinal);
        if (start < 0) return css;
        var clean = new StringBuilder(css.Length);
        var at = 0;
        while (start >= 0)
        {
            clean.Append(css, at, start - at);
            var end = css.IndexOf("*/", start + 2, StringComparison.Ordinal);
            at = end < 0 ? css.Length : end + 2;
            start = css.IndexOf("/*", at, StringComparison.Ordinal);
        }

        return clean.Append(css, at, css.Length - at).ToString();
    }
}

file static class CssText
{
    /// <summary>Letters and digits of any script, and the characters named.</summary>
    public static bool ContainsOnly(this ReadOnlySpan<char> text, string others)
    {
        foreach (var c in text)
        {
            if (!char.IsLetterOrDigit(c) && !others.Contains(c, StringComparison.Ordinal)) return false;
        }

        return true;
    }
}
