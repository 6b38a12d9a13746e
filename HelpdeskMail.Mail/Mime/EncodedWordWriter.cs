using System.Globalization;
using System.Text;

namespace HelpdeskMail.Mail.Mime;

/// <summary>Text as words for a folded field: plain where it can be, encoded words of UTF-8 (RFC 2047) where it must. No word splits a character.</summary>
internal static class EncodedWordWriter
{
    private const int MaxWord = 75; // RFC 2047 §2
    private const int MaxPlain = 70;
    private const int Frame = 12; // =?utf-8?q??=

    /// <summary>Words of unstructured text, to be joined by one blank each.</summary>
    internal static List<string> Words(string text, int nameLength)
    {
        var words = text.Split(' ');
        var first = Array.FindIndex(words, NeedsEncoding);
        if (first < 0) return [.. words];
        var last = Array.FindLastIndex(words, NeedsEncoding);
        // A blank beyond the one between words lives inside an encoded word, so it takes a neighbour along.
        while (first > 0 && words[first].Length == 0) first--;
        while (last < words.Length - 1 && words[last].Length == 0) last++;
        var result = new List<string>(words[..first]);
        result.AddRange(Encode(string.Join(' ', words[first..(last + 1)]), phrase: false, first == 0 ? nameLength : 0));
        result.AddRange(words[(last + 1)..]);
        return result;
    }

    /// <summary>Words of a display name: atoms, one quoted string, or encoded words in the phrase's alphabet (RFC 2047 §5).</summary>
    internal static List<string> Phrase(string name)
    {
        if (!Ascii.IsValid(name) || name.Contains("=?", StringComparison.Ordinal) || name.Length > MaxPlain) return Encode(name, phrase: true, 0);
        foreach (var c in name)
            if (c != ' ' && !char.IsAsciiLetterOrDigit(c) && !"!#$%&'*+-/=?^_`{|}~".Contains(c, StringComparison.Ordinal))
                return ["\"" + name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\""];
        return name.Contains("  ", StringComparison.Ordinal) ? ["\"" + name + "\""] : [.. name.Split(' ')];
    }

    // An empty word would be a run of blanks, of which folding could make a line of its own.
    private static bool NeedsEncoding(string word) =>
        word.Length > MaxPlain || word.Length == 0 || !Ascii.IsValid(word) || word.Contains("=?", StringComparison.Ordinal);

    private static List<string> Encode(string text, bool phrase, int nameLength)
    {
        var words = new List<string>();
        if (text.Length == 0) return words;
        var asBase64 = QLength(text, phrase) > Encoding.UTF8.GetByteCount(text) * 3 / 2;
        var room = MaxWord - Frame - Math.Min(nameLength, 40);
        var current = new StringBuilder();
        Span<byte> octets = stackalloc byte[4];
        var pending = new List<byte>();
        foreach (var rune in text.EnumerateRunes())
        {
            var n = rune.EncodeToUtf8(octets);
            if (asBase64)
            {
                if ((pending.Count + n + 2) / 3 * 4 > room)
                {
                    words.Add(B(pending));
                    room = MaxWord - Frame;
                }
                foreach (var o in octets[..n]) pending.Add(o);
                continue;
            }
            var q = Q(octets[..n], phrase);
            if (current.Length + q.Length > room)
            {
                words.Add("=?utf-8?q?" + current + "?=");
                current.Clear();
                room = MaxWord - Frame;
            }
            current.Append(q);
        }
        if (pending.Count > 0) words.Add(B(pending));
        if (current.Length > 0) words.Add("=?utf-8?q?" + current + "?=");
        return words;
    }

    private static string B(List<byte> pending)
    {
        var word = "=?utf-8?b?" + Convert.ToBase64String(pending.ToArray()) + "?=";
        pending.Clear();
        return word;
    }

    private static int QLength(string text, bool phrase)
    {
        var n = 0;
        foreach (var o in Encoding.UTF8.GetBytes(text)) n += o == ' ' || IsQSafe(o, phrase) ? 1 : 3;
        return n;
    }

    private static string Q(ReadOnlySpan<byte> octets, bool phrase)
    {
        var b = new StringBuilder(12);
        foreach (var o in octets)
        {
            if (o == ' ') b.Append('_');
            else if (IsQSafe(o, phrase)) b.Append((char)o);
            else b.Append(CultureInfo.InvariantCulture, $"={o:X2}");
        }
        return b.ToString();
    }

    private static bool IsQSafe(byte o, bool phrase) =>
        o < 0x80 && (char.IsAsciiLetterOrDigit((char)o) || (phrase ? "!*+-/" : "!*+-/.,:;()'@#$%&").Contains((char)o, StringComparison.Ordinal));
}
