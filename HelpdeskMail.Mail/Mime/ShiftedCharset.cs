using System.Text;

namespace HelpdeskMail.Mail.Mime;

/// <summary>Charsets of seven bits that change tables by escapes (ISO-2022-JP, ISO-2022-KR, HZ), and mail that says one of them falsely or not at all.</summary>
internal static class ShiftedCharset
{
    internal static bool Is(int codePage) => codePage is 50220 or 50221 or 50222 or 50225 or 52936;

    /// <summary>Escapes to a Japanese table (RFC 1468) in seven bits: whatever is declared, nothing else looks like it.</summary>
    internal static bool IsJapanese(ReadOnlySpan<byte> bytes)
    {
        var escape = bytes.IndexOf((byte)0x1B);
        if (escape < 0) return false;
        var rest = bytes[escape..];
        return (rest.StartsWith("\x1b$B"u8) || rest.StartsWith("\x1b$@"u8)) && Ascii.IsValid(bytes);
    }

    /// <summary>Text of eight bits without any escape is in another charset: UTF-8, or what the detector is sure of (mostly EUC-JP, Shift_JIS).</summary>
    internal static string Decode(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        if (Ascii.IsValid(bytes)) return encoding.GetString(bytes);
        if (bytes.IndexOf(encoding.CodePage == 52936 ? "~{"u8 : "\x1b"u8) < 0)
        {
            if (System.Text.Unicode.Utf8.IsValid(bytes)) return Encoding.UTF8.GetString(bytes);
            if (CharsetDetector.DetectCredible(bytes) is { } found) return found.GetString(bytes);
        }
        // What the charset lacks shows as "?", in names of files, too.
        return CodePagesEncodingProvider.Instance.GetEncoding(encoding.CodePage, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("?"))!.GetString(bytes);
    }
}
