using System.Net;

namespace HelpdeskMail.Core.Tickets;

internal enum MailHtmlToken
{
    Text,
    Start,
    End,
}

/// <summary>Splits HTML into text, start tags and end tags as browsers do (HTML Living Standard §13.2.5), dropping comments, declarations and unfinished tags.</summary>
internal ref struct MailHtmlReader(ReadOnlySpan<char> html)
{
    private const int MaxAttributes = 64;
    private const int MaxName = 32;
    private readonly ReadOnlySpan<char> html = html;
    private int at;

    public MailHtmlToken Token { get; private set; }

    /// <summary>Of a tag, lower case; "" where it is longer than any we know.</summary>
    public string Name { get; private set; } = "";

    public bool SelfClosing { get; private set; }

    /// <summary>Of text: as it stands, character references not decoded.</summary>
    public ReadOnlySpan<char> Text { get; private set; }

    /// <summary>Of a start tag: lower-case names, decoded values, the first of equal names.</summary>
    public Dictionary<string, string> Attributes { get; } = new(StringComparer.Ordinal);

    public bool Read()
    {
        while (at < html.Length)
        {
            if (html[at] != '<' || !StartsMarkup()) return ReadText();
            var next = html[at + 1];
            if (next is '!' or '?') SkipDeclaration();
            else if (next != '/') return ReadTag(MailHtmlToken.Start, 1);
            else if (at + 2 >= html.Length) at = html.Length;
            else if (char.IsAsciiLetter(html[at + 2])) return ReadTag(MailHtmlToken.End, 2);
            else SkipPast(">", at + 2);
        }

        return false;
    }

    /// <summary>Takes everything up to the end tag of that name, as in script or style; all the rest where there is none.</summary>
    public ReadOnlySpan<char> ReadRaw(string name)
    {
        var from = at;
        at = FindEnd(name) is var end && end >= 0 ? end : html.Length;
        return html[from..at];
    }

    /// <summary>Skips to the end tag of that name if there is one.</summary>
    public bool SkipTo(string name)
    {
        var end = FindEnd(name);
        if (end < 0) return false;
        at = end;
        return true;
    }

    private readonly int FindEnd(string name)
    {
        var from = at;
        while (from < html.Length)
        {
            var found = html[from..].IndexOf("</", StringComparison.Ordinal);
            if (found < 0) return -1;
            var after = from + found + 2;
            if (html[after..].StartsWith(name, StringComparison.OrdinalIgnoreCase) && IsNameEnd(after + name.Length)) return after - 2;
            from = after;
        }

        return -1;
    }

    private readonly bool IsNameEnd(int index) => index >= html.Length || html[index] is '>' or '/' || IsSpace(html[index]);

    private readonly bool StartsMarkup() => at + 1 < html.Length && (html[at + 1] is '!' or '?' or '/' || char.IsAsciiLetter(html[at + 1]));

    private bool ReadText()
    {
        var from = at++;
        while (at < html.Length && (html[at] != '<' || !StartsMarkup()))
        {
            var next = html[(at + 1)..].IndexOf('<');
            at = next < 0 ? html.Length : at + 1 + next;
        }

        Token = MailHtmlToken.Text;
        Text = html[from..at];
        return true;
    }

    private void SkipDeclaration()
    {
        var rest = html[at..];
        if (!rest.StartsWith("<!--", StringComparison.Ordinal)) SkipPast(">", at + 2);
        else if (rest.StartsWith("<!-->", StringComparison.Ordinal)) at += 5;
        else if (rest.StartsWith("<!--->", StringComparison.Ordinal)) at += 6;
        else
        {
            for (var from = at + 4; ; from += 2)
            {
                var dashes = html[from..].IndexOf("--", StringComparison.Ordinal);
                if (dashes < 0)
                {
                    at = html.Length;
                    return;
                }

                from += dashes;
                var end = from + 2;
                if (end < html.Length && html[end] == '!') end++;
                while (end < html.Length && html[end] == '-') end++;
                if (end < html.Length && html[end] == '>')
                {
                    at = end + 1;
                    return;
                }

                from = Math.Max(from, end - 2);
            }
        }
    }

    private void SkipPast(string text, int from)
    {
        var found = from < html.Length ? html[from..].IndexOf(text, StringComparison.Ordinal) : -1;
        at = found < 0 ? html.Length : from + found + text.Length;
    }

    private bool ReadTag(MailHtmlToken token, int skip)
    {
        at += skip;
        var from = at;
        while (at < html.Length && !IsNameEnd(at)) at++;
        Name = at - from <= MaxName ? html[from..at].ToString().ToLowerInvariant() : "";
        Token = token;
        Attributes.Clear();
        SelfClosing = false;
        while (at < html.Length)
        {
            if (html[at] == '>')
            {
                at++;
                return true;
            }

            if (html[at] == '/' || IsSpace(html[at]))
            {
                SelfClosing = html[at] == '/' && at + 1 < html.Length && html[at + 1] == '>';
                at++;
            }
            else
            {
                ReadAttribute();
            }
        }

        return false; // the input ends inside a tag: nothing of it counts
    }

    private void ReadAttribute()
    {
        var from = at++;
        while (at < html.Length && html[at] != '=' && !IsNameEnd(at)) at++;
        var name = html[from..at];
        while (at < html.Length && IsSpace(html[at])) at++;
        var value = at < html.Length && html[at] == '=' ? ReadValue() : default;
        if (name.Length > MaxName || Attributes.Count >= MaxAttributes) return;
        Attributes.TryAdd(name.ToString().ToLowerInvariant(), value.Contains('&') ? WebUtility.HtmlDecode(value.ToString()) : value.ToString());
    }

    private ReadOnlySpan<char> ReadValue()
    {
        at++;
        while (at < html.Length && IsSpace(html[at])) at++;
        if (at >= html.Length || html[at] == '>') return default;
        var quote = html[at];
        if (quote is not ('"' or '\''))
        {
            var start = at;
            while (at < html.Length && html[at] != '>' && !IsSpace(html[at])) at++;
            return html[start..at];
        }

        var from = at + 1;
        var length = html[from..].IndexOf(quote);
        at = length < 0 ? html.Length : from + length + 1;
        return length < 0 ? default : html.Slice(from, length);
    }

    private static bool IsSpace(char value) => value is ' ' or '\t' or '\n' or '\r' or '\f';
}
