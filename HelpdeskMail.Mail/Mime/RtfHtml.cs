using System.Globalization;
using System.Text;

namespace HelpdeskMail.Mail.Mime;

/// <summary>The HTML that Outlook wrapped into RTF (MS-OXRTFEX §2.1.3): what stands in \htmltag groups and outside \htmlrtf runs.
/// One forward pass; other RTF gives null.</summary>
internal sealed class RtfHtml(ReadOnlyMemory<byte> rtf)
{
    private const int MaxDepth = 200;
    private const int HeaderTokens = 10; // §2.1.3.1: \fromhtml1 stands among the first ten tokens

    private readonly StringBuilder _html = new();
    private readonly List<byte> _octets = []; // text in the font's code page, waiting to be decoded together
    private readonly Dictionary<int, int> _fontPages = [];
    private readonly Stack<Group> _outer = new();
    private Group _group = new(0, false, 1, Destination.Body);
    private int _ansiPage = 1252;
    private int _tokens;
    private int _skip; // what stands for a Unicode character in older readers
    private bool _starred;
    private bool _isHtml;
    private int _at;

    private enum Destination
    {
        Body,
        HtmlTag,
        Fonts,
        Ignored,
    }

    internal static string? Read(ReadOnlyMemory<byte> rtf) =>
        rtf.Span.StartsWith("{\\rtf"u8) && rtf.Span[..Math.Min(rtf.Length, 500)].IndexOf("\\fromhtml1"u8) > 0 ? new RtfHtml(rtf).Read() : null;

    private string? Read()
    {
        var s = rtf.Span;
        while (_at < s.Length)
        {
            var b = s[_at++];
            if (b == '{') Open();
            else if (b == '}') Close();
            else if (b == '\\') Control(s);
            else if (b is not ((byte)'\r' or (byte)'\n')) Octet(b);
            if (!_isHtml && _tokens > HeaderTokens) return null;
        }
        Flush();
        return _isHtml ? _html.ToString() : null;
    }

    private void Open()
    {
        Flush();
        _tokens++;
        // Deeper groups than any writer makes are read as if they were one.
        if (_outer.Count < MaxDepth) _outer.Push(_group);
        _skip = 0;
    }

    private void Close()
    {
        Flush();
        if (_outer.TryPop(out var outer)) _group = outer;
        _skip = 0;
        _starred = false;
    }

    private void Control(ReadOnlySpan<byte> s)
    {
        if (_at >= s.Length) return;
        var start = _at;
        while (_at < s.Length && char.IsAsciiLetter((char)s[_at]) && _at - start < 32) _at++;
        if (_at == start)
        {
            Symbol(s);
            return;
        }
        var word = s[start.._at];
        var digits = _at;
        if (_at < s.Length && s[_at] == '-') _at++;
        while (_at < s.Length && char.IsAsciiDigit((char)s[_at]) && _at - digits < 10) _at++;
        int? number = int.TryParse(s[digits.._at], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
        if (_at < s.Length && s[_at] == ' ') _at++;
        _tokens++;
        Word(Encoding.ASCII.GetString(word), number);
        _starred = false;
    }

    private void Symbol(ReadOnlySpan<byte> s)
    {
        var c = s[_at++];
        switch (c)
        {
            case (byte)'\'' when _at + 1 < s.Length && Octets.HexValue(s[_at]) is var hi and >= 0 && Octets.HexValue(s[_at + 1]) is var lo and >= 0:
                _at += 2;
                Octet((byte)(hi << 4 | lo));
                break;
            case (byte)'*':
                _starred = true;
                break;
            case (byte)'~':
                Text("&nbsp;");
                break;
            case (byte)'_':
                Text("&shy;");
                break;
            case (byte)'\\' or (byte)'{' or (byte)'}':
                Octet(c);
                break;
            default:
                break;
        }
    }

    private void Word(string word, int? number)
    {
        switch (word)
        {
            case "fromhtml":
                _isHtml = true;
                break;
            case "htmltag" when _starred:
                _group = _group with { Destination = Destination.HtmlTag };
                break;
            case "fonttbl":
                _group = _group with { Destination = Destination.Fonts };
                break;
            case "colortbl" or "stylesheet" or "info" or "pntext" or "pict" or "mhtmltag":
                _group = _group with { Destination = Destination.Ignored };
                break;
            case "htmlrtf":
                Flush();
                _group = _group with { Suppressed = number != 0 };
                break;
            case "ansicpg" when number is { } page:
                _ansiPage = page;
                break;
            case "f" or "deff" when number is { } font:
                Flush();
                _group = _group with { Font = font };
                break;
            case "fcharset" when number is { } set && _group.Destination == Destination.Fonts && _fontPages.Count < 1000:
                _fontPages[_group.Font] = PageOf(set);
                break;
            case "uc" when number is { } count:
                _group = _group with { Fallback = Math.Clamp(count, 0, 10) };
                break;
            case "u" when number is { } unit:
                Text(((char)(ushort)unit).ToString());
                _skip = _group.Fallback;
                break;
            case "bin" when number is > 0 and { } size:
                _at = (int)Math.Min(rtf.Length, (long)_at + size);
                break;
            default:
                if (_starred) _group = _group with { Destination = Destination.Ignored };
                else if (Sign(word) is { } sign) Text(sign);
                break;
        }
    }

    private static string? Sign(string word) => word switch
    {
        "par" or "line" => "\r\n",
        "tab" => "\t",
        "lquote" => "&lsquo;",
        "rquote" => "&rsquo;",
        "ldblquote" => "&ldquo;",
        "rdblquote" => "&rdquo;",
        "bullet" => "&bull;",
        "endash" => "&ndash;",
        "emdash" => "&mdash;",
        _ => null,
    };

    private bool IsShown => _group is { Suppressed: false, Destination: Destination.Body } || _group.Destination == Destination.HtmlTag;

    private void Text(string text)
    {
        Flush();
        if (IsShown) _html.Append(text);
    }

    private void Octet(byte b)
    {
        if (_skip > 0) _skip--;
        else if (IsShown) _octets.Add(b);
    }

    private void Flush()
    {
        if (_octets.Count == 0) return;
        var page = _group.Destination == Destination.HtmlTag || !_fontPages.TryGetValue(_group.Font, out var own) || own == 0 ? _ansiPage : own;
        _html.Append((Charsets.CodePage(page) ?? Charsets.Western).GetString(_octets.ToArray()));
        _octets.Clear();
    }

    // \fcharset numbers are those of Windows fonts; 0 is the document's own, 2 are symbols.
    private static int PageOf(int set) => set switch
    {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => 0,
    };

    private readonly record struct Group(int Font, bool Suppressed, int Fallback, Destination Destination);
}
