using System.Text;

namespace HelpdeskMail.Mail.Mime;

/// <summary>Encoded words of RFC 2047, tolerant: anywhere in the text, words split inside a character, missing padding, blanks inside.</summary>
internal static class EncodedWords
{
    private const int MaxCharset = 60;

    /// <summary>Decodes the words of an unfolded value. White space between two words falls away (RFC 2047 §6.2).</summary>
    internal static string Decode(string text)
    {
        var first = text.IndexOf("=?", StringComparison.Ordinal);
        if (first < 0) return text;
        var output = new StringBuilder(text.Length);
        var pending = new PendingWords(output);
        var at = 0;
        var terminator = -1; // the next "?=" at or past the point asked for; kept so that the whole stays linear
        while (at < text.Length)
        {
            var open = text.IndexOf("=?", at, StringComparison.Ordinal);
            if (open < 0) break;
            if (!TryWord(text, open, ref terminator, out var word))
            {
                pending.Flush();
                output.Append(text, at, open + 2 - at);
                at = open + 2;
                if (terminator == int.MaxValue) break;
                continue;
            }
            var between = text.AsSpan(at, open - at);
            if (!(pending.Any && between.Trim(" \t\r\n").IsEmpty))
            {
                pending.Flush();
                output.Append(between);
            }
            pending.Add(word.Charset, word.Base64, text.AsSpan(word.From, word.To - word.From));
            at = word.To + 2;
        }
        pending.Flush();
        output.Append(text, at, text.Length - at);
        return output.ToString();
    }

    private static bool TryWord(string text, int open, ref int terminator, out Word word)
    {
        word = default;
        var i = open + 2;
        var limit = Math.Min(text.Length, i + MaxCharset);
        while (i < limit && text[i] is not ('?' or ' ' or '\t')) i++;
        if (i >= limit || text[i] != '?' || i == open + 2) return false;
        var charset = text[(open + 2)..i];
        if (i + 2 >= text.Length || text[i + 2] != '?') return false;
        var kind = text[i + 1];
        if (kind is not ('B' or 'b' or 'Q' or 'q')) return false;
        var from = i + 3;
        if (terminator < from)
        {
            var found = text.IndexOf("?=", from, StringComparison.Ordinal);
            terminator = found < 0 ? int.MaxValue : found;
        }
        if (terminator == int.MaxValue) return false;
        var to = terminator;
        if (kind is 'Q' or 'q') to = SkipBareQuestionMarks(text, to);
        var star = charset.IndexOf('*', StringComparison.Ordinal); // RFC 2231 §5: language after the charset
        word = new Word(star > 0 ? charset[..star] : charset, kind is 'B' or 'b', from, to);
        return true;
    }

    // "=?utf-8?Q?what?=20now?=": a "?" that should have been encoded, before an escape. The word goes on to the later "?=" of the same run.
    private static int SkipBareQuestionMarks(string text, int to)
    {
        for (var tries = 0; tries < 8; tries++)
        {
            if (to + 3 >= text.Length || Octets.HexValue(text[to + 2]) < 0 || Octets.HexValue(text[to + 3]) < 0) return to;
            var end = to + 2;
            var stop = Math.Min(text.Length - 1, to + 200);
            while (end < stop && !(text[end] == '?' && text[end + 1] == '=') && text[end] is not (' ' or '\t')) end++;
            if (end >= stop || text[end] != '?') return to;
            to = end;
        }
        return to;
    }

    private readonly record struct Word(string Charset, bool Base64, int From, int To);

    /// <summary>Octets of neighbouring words of one charset, decoded together so that a character split between them survives.</summary>
    private sealed class PendingWords(StringBuilder output)
    {
        private readonly List<byte> _bytes = [];
        private readonly StringBuilder _base64 = new();
        private string? _charset;

        internal bool Any => _charset is not null;

        internal void Add(string charset, bool base64, ReadOnlySpan<char> encoded)
        {
            if (_charset is not null && (!charset.Equals(_charset, StringComparison.OrdinalIgnoreCase) || Charsets.IsShifted(charset))) Flush();
            _charset = charset;
            if (base64)
            {
                _base64.Append(encoded);
                // A word of 4n+1 characters was cut inside a quantum: the rest is in the next one.
                if (Significant(_base64) % 4 != 1) TakeBase64();
                return;
            }
            TakeBase64();
            TakeQ(encoded);
        }

        internal void Flush()
        {
            if (_charset is null) return;
            TakeBase64();
            output.Append(Charsets.Decode(_bytes.ToArray(), _charset));
            _bytes.Clear();
            _charset = null;
        }

        private static int Significant(StringBuilder b)
        {
            var n = 0;
            foreach (var chunk in b.GetChunks())
                foreach (var c in chunk.Span)
                    if (c < 0x80 && Base64.IsAlphabet((byte)c)) n++;
            return n;
        }

        private void TakeBase64()
        {
            if (_base64.Length == 0) return;
            var raw = Encoding.Latin1.GetBytes(_base64.ToString());
            _base64.Clear();
            var buffer = new byte[Base64.MaxDecoded(raw.Length)];
            var n = Base64.Decode(raw, buffer);
            _bytes.AddRange(buffer.AsSpan(0, n));
        }

        private void TakeQ(ReadOnlySpan<char> encoded)
        {
            for (var i = 0; i < encoded.Length; i++)
            {
                var c = encoded[i];
                if (c == '=' && i + 2 < encoded.Length && Octets.HexValue(encoded[i + 1]) is var hi and >= 0 && Octets.HexValue(encoded[i + 2]) is var lo and >= 0)
                {
                    _bytes.Add((byte)(hi << 4 | lo));
                    i += 2;
                }
                else if (c == '_') _bytes.Add((byte)' ');
                else if (c < 0x80) _bytes.Add((byte)c);
                else AppendDecoded(encoded, ref i);
            }
        }

        // Raw 8-bit text inside a word was decoded already; it is kept as it is, in the word's own charset where that has it.
        private void AppendDecoded(ReadOnlySpan<char> encoded, ref int i)
        {
            var n = char.IsHighSurrogate(encoded[i]) && i + 1 < encoded.Length ? 2 : 1;
            var set = Charsets.Find(_charset!) ?? Encoding.UTF8;
            _bytes.AddRange(set.GetBytes(encoded.Slice(i, n).ToArray()));
            i += n - 1;
        }
    }
}
