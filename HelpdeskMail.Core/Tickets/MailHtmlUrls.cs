using System.Text;

namespace HelpdeskMail.Core.Tickets;

/// <summary>Which URLs mail HTML may hold.</summary>
internal static class MailHtmlUrls
{
    private static readonly string[] Rasters = ["image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp", "image/bmp"];

    /// <summary>A link's target: http, https, mailto, tel, or a place in the mail itself; null for anything else.</summary>
    public static string? Link(string value)
    {
        var url = Tidy(value);
        if (url.StartsWith('#')) return url;
        if (url.StartsWith("www.", StringComparison.OrdinalIgnoreCase)) return "http://" + url;
        if (IsRemote(ref url)) return url;
        return Has(url, "mailto:") || Has(url, "tel:") ? url : null;
    }

    /// <summary>http, https, or "//host" (which becomes https).</summary>
    public static bool IsRemote(ref string url)
    {
        if (url.StartsWith("//", StringComparison.Ordinal)) url = "https:" + url;
        return Has(url, "http:") || Has(url, "https:");
    }

    /// <summary>The Content-ID of a cid: URL (RFC 2392), decoded; null for other URLs.</summary>
    public static string? ContentId(string url) => Has(url, "cid:") ? Uri.UnescapeDataString(url[4..]).Trim('<', '>') : null;

    /// <summary>A picture that is part of the HTML itself; formats that can hold script (SVG) are not taken.</summary>
    public static bool IsRasterData(string url)
    {
        if (!Has(url, "data:")) return false;
        var comma = url.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0) return false;
        var head = url.AsSpan(5, comma - 5);
        if (!head.EndsWith(";base64", StringComparison.OrdinalIgnoreCase)) return false;
        var type = head[..head.IndexOf(';')];
        foreach (var raster in Rasters)
        {
            if (type.Equals(raster, StringComparison.OrdinalIgnoreCase)) return url.AsSpan(comma + 1).IndexOfAnyExcept(Base64) < 0;
        }

        return false;
    }

    /// <summary>What a browser makes of an URL before it looks at the scheme: no control characters and line ends anywhere, no spaces around.</summary>
    public static string Tidy(string value)
    {
        var url = value.AsSpan().Trim(Blank);
        if (url.IndexOfAnyInRange('\0', '\x1f') < 0) return url.Length == value.Length ? value : url.ToString();
        var clean = new StringBuilder(url.Length);
        foreach (var c in url)
        {
            if (c >= ' ') clean.Append(c);
        }

        return clean.ToString();
    }

    private static readonly System.Buffers.SearchValues<char> Base64 = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= ");
    private static readonly char[] Blank = [.. Enumerable.Range(0, 33).Select(code => (char)code)];

    private static bool Has(string url, string scheme) => url.StartsWith(scheme, StringComparison.OrdinalIgnoreCase);
}
