using System.Globalization;
using System.Text;

namespace HelpdeskMail.Mail.Mime;

/// <summary>A structured field with parameters: Content-Type (RFC 2045 §5.1), Content-Disposition (RFC 2183). Parameter continuations
/// and charsets of RFC 2231 are put together, as are encoded words where they don't belong but are met.</summary>
internal sealed class ParameterList
{
    private const int MaxParameters = 100;
    private readonly List<KeyValuePair<string, string>> _parameters = [];

    private ParameterList(string value) => Value = value;

    /// <summary>What stands before the first parameter, in lower case.</summary>
    internal string Value { get; }

    internal IReadOnlyList<KeyValuePair<string, string>> Parameters => _parameters;

    internal string? this[string name]
    {
        get
        {
            foreach (var p in _parameters)
                if (p.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) return p.Value;
            return null;
        }
    }

    internal static ParameterList Parse(ReadOnlySpan<byte> raw)
    {
        var text = HeaderText.Unfold(raw);
        var at = 0;
        var list = new ParameterList(ReadFirst(text, ref at).Trim('"', ',').ToLowerInvariant());
        List<Segment>? segments = null;
        while (at < text.Length && list._parameters.Count + (segments?.Count ?? 0) < MaxParameters)
        {
            SkipBlanksAndComments(text, ref at);
            while (at < text.Length && text[at] is ';' or ' ' or '\t' or ',') { at++; if (at >= text.Length) break; }
            SkipBlanksAndComments(text, ref at);
            var from = at;
            while (at < text.Length && text[at] is not ('=' or ';')) at++;
            if (at >= text.Length || text[at] == ';') continue; // a word without a value
            var name = text[from..at].Trim();
            at++;
            var value = ReadValue(text, ref at);
            var star = name.IndexOf('*', StringComparison.Ordinal);
            if (star > 0) (segments ??= []).Add(Segment.Of(name, star, value));
            else if (name.Length > 0) list._parameters.Add(new(name.ToLowerInvariant(), Plain(value)));
        }
        if (segments is not null) list.AddContinued(segments);
        return list;
    }

    // "text/plain", also as "text (comment) / plain"
    private static string ReadFirst(string text, ref int at)
    {
        SkipBlanksAndComments(text, ref at);
        var start = at;
        while (at < text.Length && text[at] is not (';' or ' ' or '\t' or '(' or '=')) at++;
        if (at < text.Length && text[at] == '=')
        {
            at = start; // the value itself is missing, parameters begin at once
            return "";
        }
        var value = text[start..at];
        if (at == text.Length || text[at] == ';') return value;
        SkipBlanksAndComments(text, ref at);
        if (at >= text.Length || text[at] == ';' || (text[at] != '/' && !value.EndsWith('/'))) return value;
        if (text[at] == '/')
        {
            at++;
            value += "/";
            SkipBlanksAndComments(text, ref at);
        }
        start = at;
        while (at < text.Length && text[at] is not (';' or ' ' or '\t' or '(')) at++;
        return value + text[start..at];
    }

    private static string Plain(string value) => value.Contains("=?", StringComparison.Ordinal) ? EncodedWords.Decode(value) : value;

    private static string ReadValue(string text, ref int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t') { at++; if (at >= text.Length) break; }
        var quoted = at < text.Length && text[at] == '"';
        if (!quoted)
        {
            var end = text.IndexOf(';', at);
            if (end < 0) end = text.Length;
            var raw = text.AsSpan(at, end - at);
            // "charset=utf-8 name=x" and "charset=utf-8 (comment)": a token ends at the blank, unless the rest is no parameter (unquoted file names).
            var blank = raw.IndexOfAny(' ', '\t');
            if (blank > 0)
            {
                var rest = raw[blank..].TrimStart();
                if (rest.StartsWith("(") || (rest.IndexOf('=') is var eq and > 0 && rest[..eq].IndexOfAny(" \t.") < 0))
                {
                    at += blank;
                    return raw[..blank].ToString();
                }
            }
            at = end;
            return raw.Trim().ToString();
        }
        at++;
        var from = at;
        var close = text.AsSpan(at).IndexOfAny('"', '\\');
        if (close >= 0 && text[at + close] == '"')
        {
            at += close + 1;
            return text.Substring(from, close);
        }
        var b = new StringBuilder();
        while (at < text.Length && text[at] != '"')
        {
            if (text[at] == '\\' && at + 1 < text.Length) at++;
            b.Append(text[at++]);
        }
        at++;
        return b.ToString();
    }

    private static void SkipBlanksAndComments(string text, ref int at)
    {
        var depth = 0;
        while (at < text.Length)
        {
            var c = text[at];
            if (c == '(') depth++;
            else if (depth > 0 && c == ')') depth--;
            else if (depth > 0 && c == '\\') at++;
            else if (depth == 0 && c is not (' ' or '\t')) return;
            at++;
        }
        if (at > text.Length) at = text.Length;
    }

    // RFC 2231 §3 and §4: pieces in the order of their numbers; the first encoded one names the charset.
    private void AddContinued(List<Segment> segments)
    {
        foreach (var group in segments.GroupBy(s => s.Name, StringComparer.Ordinal))
        {
            string? charset = null;
            var bytes = new List<byte>();
            var first = true;
            foreach (var s in group.OrderBy(s => s.Index))
            {
                var value = s.Value;
                if (s.Encoded && first && value.Split('\'', 3) is [var set, _, var rest])
                {
                    charset = set;
                    value = rest;
                }
                first = false;
                AppendOctets(bytes, value, s.Encoded);
            }
            var text = Charsets.Decode(bytes.ToArray(), string.IsNullOrEmpty(charset) ? null : charset);
            if (charset is null) text = Plain(text);
            _parameters.RemoveAll(p => p.Key == group.Key); // the extended form wins over its plain fallback
            _parameters.Add(new(group.Key, text));
        }
    }

    private static void AppendOctets(List<byte> bytes, string value, bool encoded)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (encoded && value[i] == '%' && i + 2 < value.Length && Octets.HexValue(value[i + 1]) is var hi and >= 0 && Octets.HexValue(value[i + 2]) is var lo and >= 0)
            {
                bytes.Add((byte)(hi << 4 | lo));
                i += 2;
            }
            else if (value[i] < 0x80) bytes.Add((byte)value[i]);
            else
            {
                var n = char.IsHighSurrogate(value[i]) && i + 1 < value.Length ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(value.Substring(i, n)));
                i += n - 1;
            }
        }
    }

    private readonly record struct Segment(string Name, int Index, bool Encoded, string Value)
    {
        internal static Segment Of(string name, int star, string value)
        {
            var tail = name.AsSpan(star + 1);
            var encoded = tail.IsEmpty || tail.EndsWith("*");
            var number = tail.TrimEnd('*');
            var index = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
            return new Segment(name[..star].Trim().ToLowerInvariant(), index, encoded, value);
        }
    }
}
