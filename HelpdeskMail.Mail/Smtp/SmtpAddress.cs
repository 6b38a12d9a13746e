using System.Buffers;
using System.Globalization;
using System.Text;

namespace HelpdeskMail.Mail.Smtp;

/// <summary>An address as it stands between the angle brackets of MAIL and RCPT. Whatever could end the command there is refused.</summary>
internal static class SmtpAddress
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true };
    private static readonly SearchValues<char> Specials = SearchValues.Create(" <>()\\,;:\"@[]");

    /// <summary>RFC 5321 §4.1.2: no controls anywhere; specials only in a quoted local part or an address literal.</summary>
    public static bool IsUsable(string address)
    {
        var at = address.LastIndexOf('@');
        if (address.Length > 1000 || at < 1 || at == address.Length - 1 || address.Any(char.IsControl))
            return false;
        var local = address.AsSpan(0, at);
        var domain = address.AsSpan(at + 1);
        if (domain is ['[', .., ']'])
            domain = domain[1..^1].Trim("0123456789abcdefABCDEFIPv.:");
        else if (domain.IndexOfAny(Specials) >= 0)
            return false;
        if (domain.IndexOfAny(Specials) >= 0)
            return false;
        return local is ['"', .., '"'] and { Length: > 1 } ? IsQuoted(local[1..^1]) : local.IndexOfAny(Specials) < 0;
    }

    /// <summary>A domain can always be said in ASCII (RFC 5890); a local part beyond it takes SMTPUTF8 (RFC 6531).</summary>
    public static bool NeedsUtf8(string address) => !Ascii.IsValid(Wire(address));

    /// <summary>The address with its domain as A-labels.</summary>
    public static string Wire(string address)
    {
        var at = address.LastIndexOf('@');
        if (at < 0 || Ascii.IsValid(address.AsSpan(at)))
            return address;
        try
        {
            return string.Concat(address.AsSpan(0, at + 1), Idn.GetAscii(address[(at + 1)..]));
        }
        catch (ArgumentException)
        {
            return address;
        }
    }

    private static bool IsQuoted(ReadOnlySpan<char> inside)
    {
        for (var i = 0; i < inside.Length; i++)
        {
            if (inside[i] == '"')
                return false;
            if (inside[i] == '\\' && ++i == inside.Length)
                return false;
        }

        return true;
    }
}
