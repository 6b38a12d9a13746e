namespace HelpdeskMail.Mail.Mime;

/// <summary>Splits an mbox file (RFC 4155, mboxrd quoting undone) into messages.</summary>
public static class Mbox
{
    /// <summary>The messages in their order, without their "From " lines. Nothing is copied unless a line was quoted.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> file)
    {
        var at = StartsMessage(file.Span, 0) ? Octets.NextLine(file.Span, 0) : 0;
        while (at < file.Length)
        {
            var next = NextMessage(file.Span, at, out var end);
            yield return Unquote(file[at..end]);
            at = next;
        }
    }

    private static int NextMessage(ReadOnlySpan<byte> s, int from, out int end)
    {
        for (var at = from; at < s.Length;)
        {
            var found = s[at..].IndexOf("\nFrom "u8);
            if (found < 0) break;
            var line = at + found + 1;
            if (StartsMessage(s, line))
            {
                end = line - 1;
                if (end > from && s[end - 1] == '\r') end--;

                return Octets.NextLine(s, line);
            }
            at = line;
        }
        end = s.Length;
        return s.Length;
    }

    // "From sender Wed May 17 19:35:05 2000": a time must follow, or a header field on the next line ("From -" of old Netscapes);
    // else prose that begins with "From " would cut a mail in two.
    private static bool StartsMessage(ReadOnlySpan<byte> s, int at)
    {
        if (!s[at..].StartsWith("From "u8)) return false;
        var next = Octets.NextLine(s, at);
        var line = s[at..Octets.EndOfLine(s, at, next)];
        if (line.Length > 300) line = line[..300];
        var colon = line.IndexOf((byte)':');
        if (colon > 0 && colon + 1 < line.Length && char.IsAsciiDigit((char)line[colon - 1]) && char.IsAsciiDigit((char)line[colon + 1])) return true;
        return HeaderBlock.LooksLikeField(s, next);
    }

    private static ReadOnlyMemory<byte> Unquote(ReadOnlyMemory<byte> message)
    {
        var s = message.Span;
        if (s.IndexOf("\n>From "u8) < 0 && s.IndexOf("\n>>From "u8) < 0) return message;
        var copy = new byte[s.Length];
        var n = 0;
        for (var at = 0; at < s.Length;)
        {
            var next = Octets.NextLine(s, at);
            var line = s[at..next];
            var quotes = 0;
            while (quotes < line.Length && line[quotes] == '>') quotes++;
            if (quotes > 0 && line[quotes..].StartsWith("From "u8)) line = line[1..];
            line.CopyTo(copy.AsSpan(n));
            n += line.Length;
            at = next;
        }
        return copy.AsMemory(0, n);
    }
}
