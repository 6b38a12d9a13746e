using System.Globalization;

namespace HelpdeskMail.Mail.Reports;

/// <summary>Enhanced status codes (RFC 3463) and SMTP reply codes (RFC 5321 §4.2) in prose.</summary>
public static class StatusCode
{
    /// <summary>The first "5.1.1" of the text, else "5.0.0" or "4.0.0" for a reply code such as 550; null where there is neither.</summary>
    public static string? Find(ReadOnlySpan<char> text)
    {
        for (var i = 0; i + 4 < text.Length; i++)
            if (text[i] is '2' or '4' or '5' && text[i + 1] == '.' && (i == 0 || !IsPart(text[i - 1])) && Enhanced(text[i..]) is { } code) return code;
        for (var i = 0; i + 2 < text.Length; i++)
            if (text[i] is '4' or '5' && char.IsAsciiDigit(text[i + 1]) && text[i + 1] <= '5' && char.IsAsciiDigit(text[i + 2])
                && (i == 0 || !IsPart(text[i - 1])) && (i + 3 == text.Length || text[i + 3] is ' ' or '-' or ':' or ']' or ')' or ';' or '\n' or '#'))
                return text[i] + ".0.0";
        return null;
    }

    /// <summary>A Status field, which may hold prose after its code ("5.0.0 (quota)").</summary>
    internal static string? OfField(string? value) => value is null ? null : Find(value) ?? NullIfEmpty(value.Trim());

    private static string? Enhanced(ReadOnlySpan<char> text)
    {
        var second = Digits(text[2..]);
        if (second is 0 || 2 + second >= text.Length || text[2 + second] != '.') return null;
        var third = Digits(text[(3 + second)..]);
        var end = 3 + second + third;
        if (third is 0 || (end < text.Length && (char.IsLetterOrDigit(text[end]) || (text[end] == '.' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))) return null;
        return text[..end].ToString();
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var n = 0;
        while (n < text.Length && n < 4 && char.IsAsciiDigit(text[n])) n++;
        return n <= 3 && (n == 0 || int.TryParse(text[..n], NumberStyles.None, CultureInfo.InvariantCulture, out _)) ? n : 0;
    }

    private static bool IsPart(char c) => char.IsLetterOrDigit(c) || c is '.' or '@' or '_' or '-' or '/';

    private static string? NullIfEmpty(string s) => s.Length == 0 ? null : s;
}
