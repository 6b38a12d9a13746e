using System.Text;
using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Addresses;

/// <summary>A display name: quotes taken off, comments left out, encoded words decoded.</summary>
internal static class Phrase
{
    internal static string Decode(ReadOnlySpan<char> phrase)
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
            else if (depth == 0 && c == '"') quoted = !quoted;
            else if (!quoted && c == '(' && i < hasEnd) depth++;
            else if (depth > 0 && c == ')')
            {
                if (--depth == 0 && b.Length > 0 && b[^1] == ' ') b.Length--; // the blanks on both sides are one
            }
            else if (depth > 0) continue;
            else b.Append(c == '\t' ? ' ' : c);
        }
        var text = b.ToString().Trim();
        return text.Contains("=?", StringComparison.Ordinal) ? EncodedWords.Decode(text).Trim() : text;
    }
}
