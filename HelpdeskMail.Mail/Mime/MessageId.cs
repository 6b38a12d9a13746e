using System.Globalization;
using System.Security.Cryptography;
using HelpdeskMail.Mail.Addresses;

namespace HelpdeskMail.Mail.Mime;

/// <summary>A message identifier without its angle brackets (RFC 5322 §3.6.4). Compared by octets, as the RFC asks.</summary>
public readonly record struct MessageId
{
    private const int MaxLength = 995; // a line's limit (RFC 5322 §2.1.1) less brackets and the blank of a folded line
    private readonly string? _value;

    private MessageId(string value) => _value = value;

    public string Value => _value ?? "";

    /// <summary>Reads one identifier, with or without brackets. Refuses white space, control characters and nothing.</summary>
    public static bool TryParse(string? text, out MessageId id)
    {
        id = default;
        if (string.IsNullOrWhiteSpace(text)) return false;
        var all = ParseList(text);
        if (all.Count > 0) id = all[0];
        else if (!text.Contains('<', StringComparison.Ordinal) && Clean(text) is { } bare) id = new MessageId(bare); // "Message-Id: PM20004:51:06 PM"
        return id._value is not null;
    }

    /// <summary>Every identifier of a References or In-Reply-To value, in order, without repetition.
    /// Prose around them is passed over; where there are no brackets at all, words with an "@" count.</summary>
    public static IReadOnlyList<MessageId> ParseList(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return [];
        var found = new List<MessageId>(4);
        HashSet<string>? seen = null;
        var at = 0;
        var span = text.AsSpan();
        while (at < span.Length)
        {
            var open = span[at..].IndexOf('<');
            if (open < 0) break;
            at += open + 1;
            var rest = span[at..];
            var close = rest.IndexOfAny('<', '>');
            if (close < 0)
            {
                Add(rest);
                break;
            }
            Add(rest[..close]);
            at += rest[close] == '<' ? close : close + 1;
        }
        if (found.Count == 0 && !text.Contains('<', StringComparison.Ordinal)) AddWords(span);
        return found;

        void AddWords(ReadOnlySpan<char> words)
        {
            var only = words.Trim();
            if (only.IndexOfAny(" \t\r\n,") < 0)
            {
                Add(only.TrimEnd('>'));
                return;
            }
            foreach (var range in words.SplitAny(" \t\r\n,"))
            {
                var word = words[range];
                if (word.Contains('@')) Add(word.TrimEnd('>'));
            }
        }

        void Add(ReadOnlySpan<char> raw)
        {
            var value = Clean(raw);
            if (value is null) return;
            if (found.Count > 0)
            {
                seen ??= new HashSet<string>(found.ConvertAll(f => f.Value), StringComparer.Ordinal);
                if (!seen.Add(value)) return;
            }
            found.Add(new MessageId(value));
        }
    }

    /// <summary>A new identifier in <paramref name="domain"/>: time in base 36 and 128 random bits.</summary>
    public static MessageId New(string domain, TimeProvider? clock = null)
    {
        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random);
        var when = (clock ?? TimeProvider.System).GetUtcNow().ToUnixTimeMilliseconds();
        var left = string.Create(CultureInfo.InvariantCulture, $"{when:x}.{Convert.ToHexStringLower(random)}");
        var host = Clean(domain) ?? throw new ArgumentException("The domain of a message id can't be empty.", nameof(domain));
        return new MessageId(left + "@" + host);
    }

    public override string ToString() => _value is null ? "" : "<" + _value + ">";

    // Folding inside an identifier (obs-id-left) is taken out; what then still holds white space is no identifier.
    private static string? Clean(ReadOnlySpan<char> raw)
    {
        raw = raw.Trim();
        if (raw.Contains('(') && raw.ContainsAny(' ', '\t')) raw = AddrSpec.WithoutComments(raw); // RFC 5322 §4.5.4, obsolete
        if (raw.IsEmpty || raw.Length > MaxLength || raw.TrimEnd('.').EndsWith("@") && raw[^1] == '.') return null; // "id@.." names nothing
        var bad = false;
        foreach (var c in raw) bad |= c <= ' ' || c == '\u007f' || c is '<' or '>';
        if (!bad) return raw.ToString();
        Span<char> kept = stackalloc char[raw.Length];
        var n = 0;
        foreach (var c in raw)
            if (c > ' ' && c != '\u007f' && c is not '<' and not '>') kept[n++] = c;
        return n == 0 ? null : kept[..n].ToString();
    }

}
