using System.Buffers;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>Makes text from a mail fit for a database column: bounded, without NUL and lone surrogates (PostgreSQL refuses both).</summary>
public static class MailText
{
    /// <summary>Characters of a message's text that are kept in the database for display and search.</summary>
    public const int MaxText = 256 * 1024;

    private static readonly SearchValues<char> Doubtful = SearchValues.Create(['\0', .. Enumerable.Range(0xD800, 0x800).Select(code => (char)code)]);

    public static string Clean(string? text, int max)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (text.Length > max) text = text[..(char.IsHighSurrogate(text[max - 1]) ? max - 1 : max)];
        return text.AsSpan().IndexOfAny(Doubtful) < 0 ? text : Repair(text);
    }

    /// <summary>The same on one line: control characters become spaces.</summary>
    public static string Line(string? text, int max)
    {
        var line = Clean(text, max).Trim();
        return line.AsSpan().IndexOfAnyInRange('\x01', '\x1F') < 0 ? line : string.Create(line.Length, line, static (to, from) =>
        {
            for (var i = 0; i < to.Length; i++) to[i] = char.IsControl(from[i]) ? ' ' : from[i];
        });
    }

    private static string Repair(string text)
    {
        var kept = new System.Text.StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value != 0) kept.Append(rune.ToString());
        }
        return kept.ToString();
    }
}
