using System.Globalization;

namespace HelpdeskMail.Core.Routing.Addresses;

/// <summary>Domains as they are kept and compared: lower case, in Unicode (RFC 5890), without the final dot.</summary>
internal static class DomainName
{
    private static readonly IdnMapping Idn = new();

    /// <summary>The form to keep and to compare; what is no domain comes back in lower case.</summary>
    public static string Tidy(string domain)
    {
        var text = domain.Trim().TrimStart('@').TrimEnd('.').ToLowerInvariant();
        if (!text.Contains("xn--", StringComparison.Ordinal)) return text;
        try
        {
            return Idn.GetUnicode(text);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    /// <summary>Whether it can be a mail domain (RFC 5321 §4.1.2).</summary>
    public static bool IsValid(string domain)
    {
        try
        {
            return Uri.CheckHostName(Idn.GetAscii(domain)) == UriHostNameType.Dns;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
