namespace HelpdeskMail.Mail.Mime;

/// <summary>Finds the fields of a header block (RFC 5322 §2.2, §4.5): offsets only, nothing is decoded here.</summary>
internal static class HeaderBlock
{
    // How far to look for another field after a line that is none, before taking it for the body.
    private const int LookAheadLines = 6;

    /// <summary>Reads from <paramref name="at"/> up to and over the blank line, or up to a boundary line or the body where the blank line is missing.</summary>
    internal static HeaderList Read(ReadOnlyMemory<byte> raw, ref int at, MimeLimits limits, List<MimeWarning> warnings, BoundaryStack? boundaries)
    {
        var s = raw.Span;
        var start = at;
        var fields = new HeaderField[16];
        var count = 0;
        var full = false;
        while (at < s.Length)
        {
            var next = Octets.NextLine(s, at);
            var end = Octets.EndOfLine(s, at, next);
            if (end == at)
            {
                at = next;
                break;
            }
            if (Octets.IsBlank(s[at]))
            {
                if (Octets.IsBlankLine(s, at, end) && !LooksLikeField(s, next) && !StartsBlank(s, next))
                {
                    at = next; // a "blank" line of spaces ends the block too, when no field follows
                    break;
                }
                if (count > 0 && !full) fields[count - 1] = fields[count - 1] with { ValueLength = end - fields[count - 1].ValueStart };
                else if (count == 0) Warn(warnings, MimeWarningKind.MalformedHeader, "continuation line before the first field");
                at = next;
                continue;
            }
            if (boundaries is not null && s[at] == '-' && boundaries.Matches(s[at..end]))
            {
                Warn(warnings, MimeWarningKind.MissingBlankLine, "boundary inside a header block");
                break;
            }
            if (TryField(s, at, end, out var field))
            {
                if (count >= limits.MaxHeaders || end - start > limits.MaxHeaderBytes) full = true;
                if (full) Warn(warnings, MimeWarningKind.LimitHeaders, "header block cut off at its limit");
                else
                {
                    if (count == fields.Length) Array.Resize(ref fields, count * 2);
                    fields[count++] = field;
                }
                at = next;
                continue;
            }
            if (count == 0 && IsMboxLine(s[at..end]))
            {
                at = next;
                continue;
            }
            if (count > 0 && !full && IsLostContinuation(s, fields[count - 1], at, end))
            {
                fields[count - 1] = fields[count - 1] with { ValueLength = end - fields[count - 1].ValueStart };
                Warn(warnings, MimeWarningKind.MalformedHeader, "continuation line without its blank");
                at = next;
                continue;
            }
            if (!FieldFollows(s, next))
            {
                Warn(warnings, MimeWarningKind.MissingBlankLine, "no blank line between header and body");
                break;
            }
            Warn(warnings, MimeWarningKind.MalformedHeader, "line without a field name in the header");
            at = next;
        }
        return new HeaderList(raw, fields, count);
    }

    private static bool TryField(ReadOnlySpan<byte> s, int at, int end, out HeaderField field)
    {
        var i = at;
        while (i < end && Octets.IsFieldName(s[i])) i++;
        var nameEnd = i;
        while (i < end && Octets.IsBlank(s[i])) i++; // obsolete: blanks before the colon, RFC 5322 §4.5
        if (nameEnd == at || i >= end || s[i] != ':')
        {
            field = default;
            return false;
        }
        i++;
        while (i < end && Octets.IsBlank(s[i])) i++;
        field = new HeaderField(at, nameEnd - at, i, end - i);
        return true;
    }

    // Content-Type: multipart/mixed;
    // boundary="x"
    private static bool IsLostContinuation(ReadOnlySpan<byte> s, HeaderField last, int at, int end)
    {
        var value = s.Slice(last.ValueStart, last.ValueLength);
        return value.Length > 0 && value[^1] == ';' && s[at..end].IndexOf((byte)'=') is > 0 and < 40;
    }

    internal static bool LooksLikeField(ReadOnlySpan<byte> s, int at)
    {
        if (at >= s.Length) return false;
        var line = s[at..Math.Min(s.Length, at + 80)];
        var end = line.IndexOf((byte)'\n');
        return TryField(line, 0, end < 0 ? line.Length : end, out _);
    }

    private static bool StartsBlank(ReadOnlySpan<byte> s, int at) => at < s.Length && Octets.IsBlank(s[at]);

    private static bool FieldFollows(ReadOnlySpan<byte> s, int at)
    {
        for (var n = 0; n < LookAheadLines && at < s.Length; n++)
        {
            if (s[at] is (byte)'\r' or (byte)'\n') return false;
            if (LooksLikeField(s, at)) return true;
            var window = s[at..Math.Min(s.Length, at + 1000)];
            var line = window.IndexOf((byte)'\n');
            if (line < 0) return false;
            at += line + 1;
        }
        return false;
    }

    private static bool IsMboxLine(ReadOnlySpan<byte> line) => line.StartsWith("From "u8) || line.StartsWith(">From "u8);

    private static void Warn(List<MimeWarning> warnings, MimeWarningKind kind, string detail)
    {
        foreach (var w in warnings)
            if (w.Kind == kind && w.Detail == detail) return;
        if (warnings.Count < 100) warnings.Add(new MimeWarning(kind, detail));
    }
}
