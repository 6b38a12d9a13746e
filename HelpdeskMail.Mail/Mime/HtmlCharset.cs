using System.Text;

namespace HelpdeskMail.Mail.Mime;

/// <summary>The charset an HTML part names in its own meta element, for parts whose header names none.</summary>
internal static class HtmlCharset
{
    private const int Window = 1024; // what browsers look at

    internal static string? Sniff(ReadOnlySpan<byte> html)
    {
        html = html[..Math.Min(html.Length, Window)];
        if (Ascii.IsValid(html) && html.IndexOf((byte)'<') < 0) return null;
        var head = Encoding.Latin1.GetString(html);
        var at = head.IndexOf("<meta", StringComparison.OrdinalIgnoreCase);
        while (at >= 0)
        {
            var end = head.IndexOf('>', at);
            if (end < 0) return null;
            var set = head.IndexOf("charset=", at, end - at, StringComparison.OrdinalIgnoreCase);
            if (set >= 0)
            {
                var name = head.AsSpan(set + 8, end - set - 8).TrimStart("\"' ");
                var stop = name.IndexOfAny("\"' ;/>");
                if (stop >= 0) name = name[..stop];
                // A document that could be read so far as octets isn't UTF-16, whatever it says.
                return name.IsEmpty || name.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase) ? null : name.ToString();
            }
            at = head.IndexOf("<meta", end, StringComparison.OrdinalIgnoreCase);
        }
        return null;
    }
}
