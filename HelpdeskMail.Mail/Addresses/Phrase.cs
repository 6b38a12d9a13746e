using System.Text;
using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Addresses;

/// <summary>A display name: quotes taken off, comments left out, encoded words decoded. Blanks inside the quotes belong to the name (RFC 5322 §3.2.4).</summary>
internal static class Phrase
{
    internal static string Decode(ReadOnlySpan<char> phrase) => Decode(phrase, quotes: true);

    /// <summary>A comment that serves as a name; quotes in it are ordinary characters (RFC 5322 §3.2.2).</summary>
    internal static string OfComment(ReadOnlySpan<char> comment) => Decode(comment, quotes: false);

    private static string Decode(ReadOnlySpan<char> phrase, bool quotes)
    {
        phrase = phrase.Trim();
        if (phrase.IsEmpty) return "";
        if (phrase.IndexOfAny("\"\\(") < 0 && !phrase.Contains("=?", StringComparison.Ordinal) && !phrase.Contains('\t'))
            return phrase.ToString();
        var b = new StringBuilder(phrase.Length);
        var quoted = false;
        var depth = 0;
        var hasEnd = phrase.LastIndexOf(')');
        for (var i = 0; i < phrase.Length; i++)
        {
            var c = phrase[i];
            if (c == '\\' && i + 1 < phrase.Length)
            {
                if (depth == 0) b.Append(phrase[i + 1]);
                i++;
            }
            else if (quotes && depth == 0 && c == '"') quoted = !quoted;
            else if (!quoted && c == '(' && i < hasEnd) depth++;
            else if (depth > 0 && c == ')')
            {
                if (--depth == 0 && b.Length > 0 && b[^1] == ' ') b.Length--; // the blanks on both sides are one
            }
            else if (depth > 0) continue;
            else b.Append(c == '\t' ? ' ' : c);
        }
        var text = b.ToString();
        if (phrase[0] != '"') text = text.TrimStart();
        if (phrase[^1] != '"') text = text.TrimEnd();
        if (text.Contains("=?", StringComparison.Ordinal)) text = EncodedWords.Decode(text);
        return string.IsNullOrWhiteSpace(text) ? "" : text;
    }
}
