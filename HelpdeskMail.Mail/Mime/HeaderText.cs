using System.Buffers;
using System.Text;

namespace HelpdeskMail.Mail.Mime;

/// <summary>From a field's raw octets to text: unfolding (RFC 5322 §2.2.3), raw 8-bit text (RFC 6532 and worse), encoded words (RFC 2047).</summary>
internal static class HeaderText
{
    private const int MaxLength = 256 * 1024;

    internal static string Decode(ReadOnlySpan<byte> raw)
    {
        var text = Unfold(raw);
        return text.Contains("=?", StringComparison.Ordinal) ? WithoutBreaks(EncodedWords.Decode(text)) : text;
    }

    /// <summary>Unfolded and trimmed, 8-bit octets decoded, encoded words left alone.</summary>
    internal static string Unfold(ReadOnlySpan<byte> raw)
    {
        if (raw.Length > MaxLength) raw = raw[..MaxLength];
        raw = Octets.Trim(raw);
        if (raw.IsEmpty) return "";
        if (raw.IndexOfAny(Octets.LineBreaks) < 0) return ToText(raw);
        var rented = ArrayPool<byte>.Shared.Rent(raw.Length);
        var n = 0;
        while (true)
        {
            var stop = raw.IndexOfAny(Octets.LineBreaks);
            var run = stop < 0 ? raw : raw[..stop];
            run.CopyTo(rented.AsSpan(n));
            n += run.Length;
            if (stop < 0) break;
            raw = raw[(stop + 1)..];
        }
        var text = ToText(rented.AsSpan(0, n));
        ArrayPool<byte>.Shared.Return(rented);
        return text;
    }

    // An encoded line break must not become one: values are shown on one line and written into other headers.
    private static string WithoutBreaks(string text)
    {
        var at = text.AsSpan().IndexOfAny('\r', '\n', '\0');
        return at < 0 ? text : text.Replace("\r\n", " ", StringComparison.Ordinal).Replace('\n', ' ').Replace('\r', ' ').Replace("\0", "", StringComparison.Ordinal).TrimEnd();
    }

    private static string ToText(ReadOnlySpan<byte> bytes) =>
        Ascii.IsValid(bytes) ? Encoding.ASCII.GetString(bytes) : Charsets.Decode(bytes, null);
}
