using System.Buffers;

namespace HelpdeskMail.Mail.Mime;

/// <summary>Octet classes of RFC 5322 and line finding, shared by the readers.</summary>
internal static class Octets
{
    internal static readonly SearchValues<byte> LineBreaks = SearchValues.Create("\r\n"u8);

    internal static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t';

    internal static bool IsWhite(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    // ftext, RFC 5322 §3.6.8: printable US-ASCII without the colon.
    internal static bool IsFieldName(byte b) => b is > 32 and < 127 and not (byte)':';

    internal static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> s)
    {
        var from = 0;
        var to = s.Length;
        while (from < to && IsWhite(s[from])) from++;
        while (to > from && IsWhite(s[to - 1])) to--;
        return s[from..to];
    }

    /// <summary>Index just past the line that begins at <paramref name="at"/>.</summary>
    internal static int NextLine(ReadOnlySpan<byte> s, int at)
    {
        var n = s[at..].IndexOf((byte)'\n');
        return n < 0 ? s.Length : at + n + 1;
    }

    /// <summary>The line's end without its CR LF, given where the next line begins.</summary>
    internal static int EndOfLine(ReadOnlySpan<byte> s, int from, int next)
    {
        var end = next;
        if (end > from && s[end - 1] == '\n')
        {
            end--;
            if (end > from && s[end - 1] == '\r') end--;
        }
        return end;
    }

    internal static bool IsBlankLine(ReadOnlySpan<byte> s, int from, int end)
    {
        for (var i = from; i < end; i++)
            if (!IsWhite(s[i])) return false;
        return true;
    }

    internal static int HexValue(int c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'A' and <= 'F' => c - 'A' + 10,
        >= 'a' and <= 'f' => c - 'a' + 10,
        _ => -1,
    };
}
