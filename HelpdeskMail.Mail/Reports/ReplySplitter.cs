using System.Text;

namespace HelpdeskMail.Mail.Reports;

/// <summary>One pass over the lines of a reply. Lines with "&gt;" are quoted wherever they stand; a header of a quotation without "&gt;" makes all after it
/// quoted; a signature hides what follows up to the quotation.</summary>
internal sealed class ReplySplitter
{
    private const int MaxAttributionLines = 4;
    private const int MaxAttribution = 400;
    private const int MaxSignatureLines = 15;
    private const int MaxLines = 20_000;

    private readonly string _text;
    private readonly List<Range> _lines = [];
    private readonly bool[] _hidden;

    internal ReplySplitter(string text)
    {
        _text = text;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            if (_lines.Count == MaxLines) break;
            _lines.Add(range);
        }
        _hidden = new bool[_lines.Count];
    }

    internal ReplyParts Split()
    {
        var cut = FindCut();
        var signature = FindSignature(cut);
        var visible = new StringBuilder();
        for (var i = 0; i < signature; i++)
            if (!_hidden[i]) visible.Append(_text.AsSpan()[_lines[i]].TrimEnd()).Append('\n');
        var quote = QuoteStart(cut, signature);
        var quoteAt = quote < _lines.Count ? Offset(quote) : -1;
        var signatureText = signature < quote ? _text[Offset(signature)..(quote < _lines.Count ? Offset(quote) : _text.Length)].Trim() : "";
        var shown = visible.ToString().Trim();
        return new ReplyParts(shown.Length == 0 ? _text.Trim() : shown, quoteAt, quoteAt < 0 ? "" : _text[quoteAt..], signatureText);
    }

    // The line from which on everything is quotation (or the end). Marks quoted lines before it.
    private int FindCut()
    {
        var wrote = false; // anything of the writer's own so far
        for (var i = 0; i < _lines.Count; i++)
        {
            var line = Line(i);
            if (line.IsEmpty) continue;
            if (line[0] == '>')
            {
                _hidden[i] = true;
                continue;
            }
            if (ReplyPhrases.IsForwardMarker(line)) return _lines.Count; // what was forwarded is what the mail is about
            if (wrote && (ReplyPhrases.IsOriginalMarker(line) || IsHeaderBlock(i))) return BackOverRule(i);
            var end = AttributionEnd(i);
            if (end > 0)
            {
                if (NextIsQuoted(end))
                {
                    for (var a = i; a < end; a++) _hidden[a] = true;
                    i = end - 1;
                    continue;
                }
                if (wrote) return i;
            }
            wrote = true;
        }
        return _lines.Count;
    }

    private int FindSignature(int cut)
    {
        var wrote = false;
        for (var i = 0; i < cut; i++)
        {
            var line = Line(i);
            if (_hidden[i] || line.IsEmpty) continue;
            if (wrote && IsSignatureStart(i, line, cut)) return i;
            wrote = true;
        }
        return cut;
    }

    private bool IsSignatureStart(int i, ReadOnlySpan<char> line, int cut)
    {
        if (line is "--" or "-- " || (line.Length >= 2 && line.IndexOfAnyExcept('_') < 0)) return OwnLinesAfter(i, cut) <= MaxSignatureLines;
        var afterBlank = i == 0 || Line(i - 1).IsEmpty;
        if (ReplyPhrases.IsDeviceLine(line)) return afterBlank;
        // "-Abhishek Kona", as the last words
        if (line.Length is > 2 and < 40 && line[0] == '-' && char.IsLetter(line[1]) && afterBlank) return OwnLinesAfter(i, cut) == 0 || Line(NextLine(i, cut)) is ['_', '_', ..];
        return ReplyPhrases.IsSignOff(line) && OwnLinesAfter(i, cut) is > 0 and <= 6 && ShortLinesAfter(i, cut);
    }

    private int OwnLinesAfter(int i, int cut)
    {
        var n = 0;
        for (var k = i + 1; k < cut && n <= MaxSignatureLines; k++)
            if (!_hidden[k] && !Line(k).IsEmpty) n++;
        return n;
    }

    private bool ShortLinesAfter(int i, int cut)
    {
        for (var k = i + 1; k < cut; k++)
            if (!_hidden[k] && Line(k).Length > 60) return false;
        return true;
    }

    // Von: … / Gesendet: … / An: …: a label that names a person, and two more within the next lines.
    private bool IsHeaderBlock(int i)
    {
        if (!ReplyPhrases.IsHeaderLabel(Line(i))) return false;
        var labels = 1;
        var seen = 0;
        for (var k = i + 1; k < _lines.Count && seen < 5; k++)
        {
            var line = Line(k);
            if (line.IsEmpty) continue;
            seen++;
            if (ReplyPhrases.IsHeaderLabel(line)) labels++;
        }
        return labels >= 3;
    }

    // Rules, "====" and device lines right above a header belong to it.
    private int BackOverRule(int i)
    {
        var first = i;
        for (var k = i - 1; k >= 0 && i - k <= 3; k--)
        {
            var line = Line(k);
            if (line.IsEmpty) continue;
            if (line.IndexOfAnyExcept("-=_*— ") >= 0) break;
            first = k;
        }
        return first;
    }

    /// <summary>Index past "On … wrote:", over several lines where it was wrapped; 0 where there is none.</summary>
    private int AttributionEnd(int i)
    {
        var first = Line(i);
        if (first.IndexOfAnyInRange('0', '9') < 0 && !ReplyPhrases.StartsAttribution(first)) return 0;
        var joined = new StringBuilder();
        for (var k = i; k < _lines.Count && k < i + MaxAttributionLines; k++)
        {
            var line = Line(k);
            if (line.IsEmpty || (line[0] == '>' && !line.StartsWith(">:"))) return 0;
            if (joined.Length + line.Length > MaxAttribution) return 0;
            if (k > i) joined.Append(' ');
            joined.Append(line);
            if (IsAttribution(joined.ToString())) return k + 1;
        }
        return 0;
    }

    private static bool IsAttribution(string joined)
    {
        var line = joined.AsSpan().TrimEnd(" \t\u00a0*");
        var colon = line.Length > 0 && line[^1] is ':' or '：';
        var digits = 0;
        foreach (var c in line)
            if (char.IsAsciiDigit(c)) digits++;
        if (digits == 0) return false;
        var wrote = ReplyPhrases.SaysWrote(line[Math.Max(0, line.Length - 40)..]);
        var hasAddress = line.Contains('@') && AddressScan.In(line).Count > 0;
        if (colon && wrote) return hasAddress || digits >= 3;
        if (colon && hasAddress) return digits >= 3 && line[..^1].TrimEnd() is [.., '>' or ')' or '"'];
        return wrote && hasAddress && digits >= 3 && ReplyPhrases.StartsAttribution(line) && ReplyPhrases.SaysWrote(line[Math.Max(0, line.Length - 8)..]);
    }

    private bool NextIsQuoted(int from)
    {
        for (var k = from; k < _lines.Count; k++)
            if (!Line(k).IsEmpty) return Line(k)[0] == '>';
        return false;
    }

    // Where the trailing quotation begins: the cut, or the last run of quoted lines with nothing of the writer's after it.
    private int QuoteStart(int cut, int signature)
    {
        if (cut < _lines.Count) return cut;
        var start = _lines.Count;
        for (var i = _lines.Count - 1; i >= 0; i--)
        {
            if (_hidden[i]) start = i;
            else if (!Line(i).IsEmpty && i < signature) break;
        }
        return start;
    }

    private int NextLine(int i, int cut)
    {
        for (var k = i + 1; k < cut; k++)
            if (!Line(k).IsEmpty) return k;
        return i;
    }

    private int Offset(int line) => _lines[line].Start.Value;

    private ReadOnlySpan<char> Line(int i) => _text.AsSpan()[_lines[i]].Trim(" \t\r\u00a0");
}
