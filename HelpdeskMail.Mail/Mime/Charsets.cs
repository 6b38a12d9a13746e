using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace HelpdeskMail.Mail.Mime;

/// <summary>Charset names as mail writes them, and decoding that prefers readable text to a declaration that can't be true.</summary>
internal static class Charsets
{
    private const int Latin1 = 28591;
    private const int Windows1252 = 1252;
    private const int Japanese = 50221; // ISO-2022-JP

    internal static Encoding Western => CodePage(Windows1252)!;

    /// <summary>The encoding a name means, or null. UTF-7 is not among them: see <see cref="Utf7"/>.</summary>
    internal static Encoding? Find(string name)
    {
        name = name.Trim(' ', '\t', '"', '\'', '<', '>', '\\', ';', ',', '.');
        if (name.Length is 0 or > 60) return null;
        if (CharsetAliases.TryGet(name, out var page)) return CodePage(page);
        return Numbered(name) ?? Named(name);
    }

    internal static bool IsShifted(string name) => IsUtf7(name);

    /// <summary>Octets to text. Without a (true) declaration: UTF-8 when it is that, else what the detector finds, else windows-1252.</summary>
    internal static string Decode(ReadOnlySpan<byte> bytes, string? declared)
    {
        if (bytes.IsEmpty) return "";
        if (declared is null) return Undeclared(bytes);
        if (declared.Equals("utf-8", StringComparison.OrdinalIgnoreCase)) return FromUtf8(bytes);
        if (IsUtf7(declared)) return Utf7.Decode(bytes);
        var encoding = Find(declared);
        if (encoding is null) return Undeclared(bytes);
        if (!ShiftedCharset.Is(encoding.CodePage) && ShiftedCharset.IsJapanese(bytes)) return CodePage(Japanese)!.GetString(bytes);
        return encoding.CodePage switch
        {
            65001 => FromUtf8(bytes),
            20127 => Undeclared(bytes),
            1200 => FromUtf16(bytes),
            Windows1252 => Ascii.IsValid(bytes) ? Encoding.ASCII.GetString(bytes) : IsUtf8(bytes) ? Encoding.UTF8.GetString(bytes) : CharsetDetector.IsBinary(bytes) ? Encoding.Latin1.GetString(bytes) : encoding.GetString(bytes),
            _ when ShiftedCharset.Is(encoding.CodePage) => ShiftedCharset.Decode(bytes, encoding),
            _ => CharsetDetector.IsSurelyUtf8(bytes, encoding) ? Encoding.UTF8.GetString(bytes) : encoding.GetString(bytes),
        };
    }

    /// <summary>True for charsets in which the octets CR and LF mean nothing else: all but UTF-16 and UTF-32.</summary>
    internal static bool KeepsLineBreaks(string? declared) => declared is null || Find(declared) is not { CodePage: 1200 or 1201 or 12000 or 12001 };

    internal static Encoding? CodePage(int page)
    {
        try
        {
            return page switch
            {
                65001 => Encoding.UTF8,
                20127 => Encoding.ASCII,
                Latin1 => Encoding.Latin1,
                _ => CodePagesEncodingProvider.Instance.GetEncoding(page) ?? Encoding.GetEncoding(page),
            };
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static string FromUtf8(ReadOnlySpan<byte> bytes)
    {
        if (ShiftedCharset.IsJapanese(bytes)) return CodePage(Japanese)!.GetString(bytes);
        var text = Encoding.UTF8.GetString(bytes);
        if (!text.Contains('\uFFFD', StringComparison.Ordinal) || IsUtf8(bytes)) return text; // decoding checks as it goes; a second pass only where something was replaced
        // A few broken sequences in much good UTF-8 (cut off, or damaged on the way) are still UTF-8; the rest was mislabelled.
        return CharsetDetector.IsMostlyUtf8(bytes) ? text : Undeclared(bytes);
    }

    private static string FromUtf16(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        if (bytes is [0xFF, 0xFE, ..]) return Encoding.Unicode.GetString(bytes[2..]);
        return bytes is [0, not 0, ..] ? Encoding.BigEndianUnicode.GetString(bytes) : Encoding.Unicode.GetString(bytes);
    }

    private static string Undeclared(ReadOnlySpan<byte> bytes)
    {
        if (Ascii.IsValid(bytes))
        {
            if (bytes.IndexOf("\x1b$"u8) < 0) return Encoding.ASCII.GetString(bytes);
            return CodePage(Japanese)!.GetString(bytes); // only Japanese mail escapes to two-octet sets without saying so
        }
        return IsUtf8(bytes) ? Encoding.UTF8.GetString(bytes) : CharsetDetector.Detect(bytes).GetString(bytes);
    }

    private static bool IsUtf8(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes);

    private static bool IsUtf7(string name) => name.Equals("utf-7", StringComparison.OrdinalIgnoreCase) || name.Equals("unicode-1-1-utf-7", StringComparison.OrdinalIgnoreCase);

    // "cp1251", "windows1251", "win-1251", "x-cp1252", "ibm852", "iso8859-5", "8859_5"
    private static Encoding? Numbered(string name)
    {
        var digits = name.Length;
        while (digits > 0 && char.IsAsciiDigit(name[digits - 1])) digits--;
        if (digits == name.Length || !int.TryParse(name.AsSpan(digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        var head = name.AsSpan(0, digits).Trim("-_ ");
        if (head.EndsWith("8859", StringComparison.Ordinal)) return number is >= 2 and <= 16 ? CodePage(28590 + number) : number == 1 ? Western : null;
        if (head.EndsWith("cp", StringComparison.OrdinalIgnoreCase) || head.EndsWith("windows", StringComparison.OrdinalIgnoreCase) || head.EndsWith("win", StringComparison.OrdinalIgnoreCase)
            || head.EndsWith("ibm", StringComparison.OrdinalIgnoreCase) || head.IsEmpty)
            return number is > 400 and < 1400 ? CodePage(number) : null;
        return null;
    }

    private static Encoding? Named(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
