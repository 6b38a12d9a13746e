using System.Buffers;

namespace HelpdeskMail.Mail.Mime;

/// <summary>Decoded octets of a text part to a string: charset, byte order mark, line ends.</summary>
internal static class PartText
{
    internal static string From(ReadOnlySpan<byte> content, string? charset, string contentType)
    {
        if (content.StartsWith("\uFEFF"u8)) return Lines(content[3..], "utf-8");
        if (content is [0xFF, 0xFE, ..] && charset is null) charset = "utf-16";
        if (charset is null && contentType == "text/html") charset = HtmlCharset.Sniff(content);
        if (Charsets.KeepsLineBreaks(charset)) return Lines(content, charset);
        var text = Charsets.Decode(content, charset).Replace("\r\n", "\n", StringComparison.Ordinal);
        return text.StartsWith('\uFEFF') ? text[1..] : text;
    }

    // CR LF becomes LF before the charset is decoded: one string instead of two.
    private static string Lines(ReadOnlySpan<byte> content, string? charset)
    {
        var cr = content.IndexOf("\r\n"u8);
        if (cr < 0) return Charsets.Decode(content, charset);
        var rented = ArrayPool<byte>.Shared.Rent(content.Length);
        var n = 0;
        while (cr >= 0)
        {
            content[..cr].CopyTo(rented.AsSpan(n));
            n += cr;
            content = content[(cr + 1)..];
            cr = content.IndexOf("\r\n"u8);
        }
        content.CopyTo(rented.AsSpan(n));
        n += content.Length;
        var text = Charsets.Decode(rented.AsSpan(0, n), charset);
        ArrayPool<byte>.Shared.Return(rented);
        return text;
    }
}
