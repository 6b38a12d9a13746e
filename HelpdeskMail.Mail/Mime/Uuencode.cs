namespace HelpdeskMail.Mail.Mime;

/// <summary>uuencode, as a transfer encoding (x-uuencode) and as blocks inside plain text.</summary>
internal static class Uuencode
{
    internal static int Decode(ReadOnlySpan<byte> s, Span<byte> to)
    {
        var at = 0;
        var written = 0;
        var begun = false;
        while (at < s.Length)
        {
            var next = Octets.NextLine(s, at);
            var line = s[at..Octets.EndOfLine(s, at, next)];
            at = next;
            if (!begun)
            {
                begun = line.StartsWith("begin "u8);
                continue;
            }
            if (line.SequenceEqual("end"u8)) break;
            written += Line(line, to[written..]);
        }
        return written;
    }

    /// <summary>Finds the next "begin 644 name" … "end" at or after <paramref name="from"/>; length from "begin" to past "end".</summary>
    internal static bool TryFind(ReadOnlySpan<byte> s, int from, out int start, out int end, out string name)
    {
        name = "";
        end = 0;
        for (start = from; start < s.Length;)
        {
            var found = s[start..].IndexOf("begin "u8);
            if (found < 0) return false;
            start += found;
            var next = Octets.NextLine(s, start);
            if ((start == 0 || s[start - 1] == '\n') && IsBegin(s[start..Octets.EndOfLine(s, start, next)], out name))
            {
                var close = s[next..].IndexOf("\nend"u8);
                if (close < 0) return false;
                end = Octets.NextLine(s, next + close + 1);
                var firstEnd = Octets.EndOfLine(s, next, Octets.NextLine(s, next));
                if (firstEnd > next && IsDataLine(s[next..firstEnd])) return true;
            }
            start = next;
        }
        return false;
    }

    private static bool IsBegin(ReadOnlySpan<byte> line, out string name)
    {
        name = "";
        var rest = line[6..];
        var space = rest.IndexOf((byte)' ');
        if (space is < 3 or > 5) return false;
        foreach (var b in rest[..space])
            if (b is < (byte)'0' or > (byte)'7') return false;
        name = HeaderText.Decode(rest[(space + 1)..]);
        return name.Length > 0;
    }

    private static bool IsDataLine(ReadOnlySpan<byte> line)
    {
        var n = (line[0] - 32) & 63;
        var needed = (n + 2) / 3 * 4;
        return line.Length - 1 >= needed - 3 && line.Length - 1 <= needed + 3;
    }

    private static int Line(ReadOnlySpan<byte> line, Span<byte> to)
    {
        if (line.IsEmpty || line[0] is < 32 or > 96) return 0;
        var n = (line[0] - 32) & 63;
        var written = 0;
        for (var i = 1; written < n; i += 4)
        {
            var a = At(line, i);
            var b = At(line, i + 1);
            var c = At(line, i + 2);
            var d = At(line, i + 3);
            if (i >= line.Length) break;
            if (written < n) to[written++] = (byte)(a << 2 | b >> 4);
            if (written < n) to[written++] = (byte)(b << 4 | c >> 2);
            if (written < n) to[written++] = (byte)(c << 6 | d);
        }
        return written;
    }

    private static int At(ReadOnlySpan<byte> line, int i) => i < line.Length ? (line[i] - 32) & 63 : 0;
}
