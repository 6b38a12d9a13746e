using System.Globalization;
using System.Text;

namespace HelpdeskMail.Mail.Mime;

/// <summary>Transfer encodings on the way out, RFC 2045 §6.</summary>
internal static class BodyEncoder
{
    private const int LineOctets = 57; // 76 characters of base64
    private const int MaxLine = 76;

    /// <summary>CR, LF and CRLF as CRLF. Other characters that break lines (form feed, U+2028) are text and stay; a byte order mark is none.</summary>
    internal static string Canonical(string text) =>
        text.TrimStart('\ufeff').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\n", "\r\n", StringComparison.Ordinal);

    /// <summary>True for what can go as 7bit and arrive unchanged: ASCII, short lines, no blanks at line ends (but those of flowed text), no "From " that an mbox would quote.</summary>
    internal static bool IsPlain(string text, bool blanksAtEnd = false) => Ascii.IsValid(text) && IsPlain(Encoding.ASCII.GetBytes(text), blanksAtEnd);

    internal static bool IsPlain(ReadOnlySpan<byte> text, bool blanksAtEnd = false)
    {
        for (var at = 0; at < text.Length;)
        {
            var next = Octets.NextLine(text, at);
            var end = Octets.EndOfLine(text, at, next);
            var line = text[at..end];
            if (line.Length > HeaderWriter.Width || line.StartsWith("From "u8)) return false;
            if (!blanksAtEnd && !line.IsEmpty && Octets.IsBlank(line[^1])) return false;
            foreach (var b in line)
                if (b is (< 32 and not (byte)'\t') or >= 127) return false;
            if (next > end && next - end != 2) return false;
            at = next;
        }
        return true;
    }

    internal static bool PrefersBase64(string text)
    {
        var foreign = 0;
        foreach (var c in text)
            if (c >= 0x80) foreign++;
        return foreign * 4 > text.Length;
    }

    internal static void AppendBase64(StringBuilder output, ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            var take = Math.Min(LineOctets, content.Length);
            output.Append(Convert.ToBase64String(content[..take])).Append("\r\n");
            content = content[take..];
        }
    }

    internal static void AppendQuotedPrintable(StringBuilder output, ReadOnlySpan<byte> text)
    {
        var column = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var b = text[i];
            if (b == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
            {
                output.Append("\r\n");
                column = 0;
                i++;
                continue;
            }
            var atEnd = i + 1 >= text.Length || (text[i + 1] == '\r' && i + 2 < text.Length && text[i + 2] == '\n');
            var literal = b is >= 33 and <= 126 and not (byte)'=' || (Octets.IsBlank(b) && !atEnd);
            if (column == 0 && b is (byte)'F' or (byte)'.') literal = false; // "From " and a lone dot, for careless relays
            var width = literal ? 1 : 3;
            if (column + width > (atEnd ? MaxLine : MaxLine - 1))
            {
                output.Append("=\r\n");
                column = 0;
            }
            if (literal) output.Append((char)b);
            else output.Append(CultureInfo.InvariantCulture, $"={b:X2}");
            column += width;
        }
    }
}
