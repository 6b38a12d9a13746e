namespace HelpdeskMail.Mail.Mime;

/// <summary>Quoted-printable (RFC 2045 §6.7); what is no escape stays as it stands.</summary>
internal static class QuotedPrintable
{
    /// <summary>Decodes into <paramref name="to"/>, at least as long as the source; returns the number of octets.</summary>
    internal static int Decode(ReadOnlySpan<byte> s, Span<byte> to)
    {
        var written = 0;
        while (true)
        {
            var mark = s.IndexOf((byte)'=');
            var run = mark < 0 ? s : s[..mark];
            run.CopyTo(to[written..]);
            written += run.Length;
            if (mark < 0) return written;
            s = s[(mark + 1)..];
            if (s.Length >= 2 && Octets.HexValue(s[0]) is var hi and >= 0 && Octets.HexValue(s[1]) is var lo and >= 0)
            {
                to[written++] = (byte)(hi << 4 | lo);
                s = s[2..];
                continue;
            }
            var soft = SoftBreak(s);
            if (soft >= 0) s = s[soft..];
            else to[written++] = (byte)'=';
        }
    }

    // A soft line break may have blanks before its line end, added on the way (rule 3).
    private static int SoftBreak(ReadOnlySpan<byte> s)
    {
        var i = 0;
        while (i < s.Length && Octets.IsBlank(s[i])) i++;
        if (i < s.Length && s[i] == '\r') i++;
        if (i < s.Length && s[i] == '\n') return i + 1;
        return i >= s.Length ? i : -1;
    }
}
