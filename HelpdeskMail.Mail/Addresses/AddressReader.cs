using System.Text;
using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Addresses;

/// <summary>One forward pass over an address list. Unclosed quotes, comments and brackets are taken as ordinary characters, and looked for only once.</summary>
internal sealed class AddressReader(string text, int max, bool nested = false)
{
    private readonly List<MailAddress> _found = new(1);
    private string? _heldName; // "Doe" of an unquoted "Doe, John <j@example.org>"
    private bool _quotesBroken;
    private bool _commentsBroken;

    internal List<MailAddress> Read()
    {
        var at = 0;
        while (at < text.Length && _found.Count < max) ReadItem(ref at);
        ReleaseHeld();
        return _found;
    }

    private void ReadItem(ref int at)
    {
        var start = at;
        var comment = (From: -1, To: -1);
        var sawAt = false;
        while (at < text.Length)
        {
            switch (text[at])
            {
                case '"' when SkipQuoted(ref at):
                    continue;
                case '(' when SkipComment(ref at, out var from, out var to):
                    comment = (from, to);
                    continue;
                case '[' when text.IndexOf(']', at, Math.Min(80, text.Length - at)) is var close and > 0:
                    at = close + 1;
                    continue;
                case '=' when SkipEncodedWord(ref at):
                    continue;
                case '<':
                    ReadAngle(start, ref at, comment);
                    return;
                case '@':
                    sawAt = true;
                    break;
                case ':' when !sawAt && !IsMailto(start, at):
                    ReleaseHeld(); // a group's name
                    at++;
                    return;
                case ',' or ';':
                    ReadBare(start, at, comment);
                    if (text[at] == ';') ReleaseHeld();
                    at++;
                    return;
                default:
                    break;
            }
            at++;
        }
        ReadBare(start, text.Length, comment);
    }

    // name <route:local@domain> (comment)
    private void ReadAngle(int start, ref int at, (int From, int To) comment)
    {
        var open = at + 1;
        while (open < text.Length && text[open] is '<' or ' ') { open++; if (open >= text.Length) break; }
        var close = AngleEnd(open);
        var phrase = text.AsSpan(start, at - start);
        at = Math.Min(text.Length, close + 1);
        var name = Phrase.Decode(phrase);
        if (name.Length == 0 && comment.From >= 0) name = Phrase.OfComment(text.AsSpan(comment.From, comment.To - comment.From));
        if (_heldName is not null && name.Length > 0) name = _heldName + ", " + name;
        else ReleaseHeld();
        _heldName = null;
        var spec = AddrSpec.Read(text.AsSpan(open, Math.Max(0, close - open)));
        var after = SkipBlanks(at);
        if (name.Length == 0 && after < text.Length && text[after] == '(' && SkipComment(ref after, out var from, out var to))
        {
            name = Phrase.OfComment(text.AsSpan(from, to - from));
            at = after;
        }
        if (spec is not null) _found.Add(spec with { DisplayName = name.Length == 0 ? null : name });
        at = SkipBlanks(at);
        while (at < text.Length && text[at] is '>' or ' ') { at++; if (at >= text.Length) break; }
        if (at < text.Length && text[at] is ',' or ';') at++;
    }

    private int AngleEnd(int open)
    {
        var rest = text.AsSpan(open);
        var stop = rest.IndexOfAny('>', '<', '"');
        if (stop >= 0 && rest[stop] == '"')
        {
            var at = open + stop;
            if (SkipQuoted(ref at))
            {
                rest = text.AsSpan(at);
                var later = rest.IndexOfAny('>', '<');
                stop = later < 0 ? -1 : at - open + later;
                rest = text.AsSpan(open);
            }
            else stop = rest.IndexOfAny('>', '<');
        }
        if (stop >= 0 && rest[stop] == '>') return open + stop;
        var comma = rest.IndexOfAny(',', ';'); // never closed
        return comma < 0 ? text.Length : open + comma;
    }

    private void ReadBare(int start, int end, (int From, int To) comment)
    {
        var item = text.AsSpan(start, end - start).Trim();
        if (item.IsEmpty) return;
        var at = item.IndexOf('@');
        if (at < 0)
        {
            if (item.Contains("=?", StringComparison.Ordinal) && !nested && EncodedWords.Decode(item.ToString()) is var decoded && decoded.Contains('@', StringComparison.Ordinal))
            {
                ReleaseHeld();
                _found.AddRange(new AddressReader(decoded, max - _found.Count, nested: true).Read());
                return;
            }
            ReleaseHeld();
            _heldName = Phrase.Decode(item);
            return;
        }
        ReleaseHeld();
        var name = comment.From < 0 ? null : Phrase.OfComment(text.AsSpan(comment.From, comment.To - comment.From));
        if (name is { Length: 0 }) name = null;
        var plain = comment.From < 0 ? item : AddrSpec.WithoutComments(item).AsSpan().Trim();
        if (plain.IndexOfAny(' ', '\t') > 0 && AddWords(plain, name)) return;
        if (AddrSpec.Read(plain) is { } spec) _found.Add(spec with { DisplayName = name });
    }

    // "a@b c@d" without a comma, "Name a@b" without brackets. False when the blanks stand inside one address ("john . doe @ example.org").
    private bool AddWords(ReadOnlySpan<char> item, string? name)
    {
        if (item.Contains('"')) return false;
        var whole = 0;
        var lead = new StringBuilder();
        foreach (var range in item.SplitAny(" \t"))
        {
            var word = item[range];
            var sign = word.IndexOf('@');
            if (sign >= 0 && (sign == 0 || sign == word.Length - 1)) return false;
            if (sign > 0) whole++;
            else if (word.StartsWith(".") || word.EndsWith(".") && whole == 0 && item.Contains(" @", StringComparison.Ordinal)) return false;
        }
        foreach (var range in item.SplitAny(" \t"))
        {
            var word = item[range];
            if (word.IsEmpty) continue;
            if (!word.Contains('@'))
            {
                if (lead.Length > 0) lead.Append(' ');
                lead.Append(word);
                continue;
            }
            if (_found.Count < max && AddrSpec.Read(word) is { } spec)
                _found.Add(spec with { DisplayName = lead.Length > 0 ? Phrase.Decode(lead.ToString()) : name });
            lead.Clear();
        }
        return true;
    }

    // A name with no address after it is a local mailbox ("root") if it can be one.
    private void ReleaseHeld()
    {
        if (_heldName is { Length: > 0 } name && name.AsSpan().IndexOfAny(" \t") < 0 && MailAddress.IsDotAtom(name)) _found.Add(new MailAddress(null, name, ""));
        _heldName = null;
    }

    private bool IsMailto(int start, int at) => text.AsSpan(start, at - start).Trim().Equals("mailto", StringComparison.OrdinalIgnoreCase);

    private int SkipBlanks(int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t') { at++; if (at >= text.Length) break; }
        return at;
    }

    private bool SkipQuoted(ref int at)
    {
        if (_quotesBroken) return false;
        for (var i = at + 1; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"')
            {
                at = i + 1;
                return true;
            }
        }
        _quotesBroken = true;
        return false;
    }

    private bool SkipComment(ref int at, out int from, out int to)
    {
        from = at + 1;
        to = -1;
        if (_commentsBroken) return false;
        var depth = 0;
        for (var i = at; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '(') depth++;
            else if (text[i] == ')' && --depth == 0)
            {
                to = i;
                at = i + 1;
                return true;
            }
        }
        _commentsBroken = true;
        return false;
    }

    private bool SkipEncodedWord(ref int at)
    {
        if (at + 1 >= text.Length || text[at + 1] != '?') return false;
        var window = text.AsSpan(at, Math.Min(400, text.Length - at));
        var set = window[2..].IndexOf('?');
        if (set < 1 || set + 5 >= window.Length || window[set + 4] != '?') return false;
        var end = window[(set + 5)..].IndexOf("?=");
        if (end < 0 || window.Slice(set + 5, end).IndexOfAny("<>\"") >= 0) return false;
        at += set + 5 + end + 2;
        return true;
    }
}
