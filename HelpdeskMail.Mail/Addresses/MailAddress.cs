using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Addresses;

/// <summary>A mailbox (RFC 5322 §3.4). The domain is empty where a mail gives a bare local name ("root").</summary>
/// <param name="DisplayName">Decoded; null where there is none.</param>
/// <param name="LocalPart">Without quotes, as written otherwise.</param>
/// <param name="Domain">As written; internationalised domains in Unicode (RFC 5890 U-labels).</param>
public sealed record MailAddress(string? DisplayName, string LocalPart, string Domain)
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true };

    /// <summary>local@domain for people and for comparison with what was sent.</summary>
    public string Address => Domain.Length == 0 ? QuotedLocal : QuotedLocal + "@" + Domain;

    /// <summary>The key to compare and store by: all lower case, domain in Unicode, without a final dot.</summary>
    public string NormalizedAddress => Key(Address.TrimEnd('.').ToLowerInvariant());

    /// <summary>The domain in ASCII (RFC 5890 A-labels), for the wire; null where it can't be had.</summary>
    public string? AsciiDomain
    {
        get
        {
            if (Ascii.IsValid(Domain)) return Domain;
            try
            {
                return Idn.GetAscii(Domain);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }
    }

    /// <summary>True when the local part needs SMTPUTF8 (RFC 6531).</summary>
    public bool NeedsSmtpUtf8 => !Ascii.IsValid(LocalPart);

    private string QuotedLocal => IsDotAtom(LocalPart) ? LocalPart : "\"" + LocalPart.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    /// <summary>Reads one complete address, with or without a name; anything more, or no domain, is refused.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out MailAddress? address)
    {
        address = null;
        if (string.IsNullOrWhiteSpace(text) || text.AsSpan().IndexOfAny("\r\n\0") >= 0) return false;
        var all = AddressParser.ParseList(text);
        if (all.Count != 1 || all[0].Domain.Length == 0 || all[0].LocalPart.Length == 0) return false;
        if (all[0].Address.AsSpan().IndexOfAny(" \t,;<>") >= 0 && all[0].LocalPart.AsSpan().IndexOfAny(" \t,;<>") < 0) return false;
        address = all[0];
        return true;
    }

    /// <summary>RFC 5322 form for a header that may hold UTF-8: <c>"Doe, John" &lt;j@example.org&gt;</c>. Not encoded for the wire.</summary>
    public override string ToString() => string.IsNullOrEmpty(DisplayName) ? Address : Phrase(DisplayName) + " <" + Address + ">";

    public bool Equals(MailAddress? other) => other is not null && DisplayName == other.DisplayName && LocalPart == other.LocalPart && Domain == other.Domain;

    public override int GetHashCode() => HashCode.Combine(DisplayName, LocalPart, Domain);

    private static string Key(string address)
    {
        if (Ascii.IsValid(address)) return address;
        try
        {
            return address.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return address; // half a surrogate pair
        }
    }

    internal static string DisplayDomain(string domain)
    {
        if (!domain.Contains("xn--", StringComparison.OrdinalIgnoreCase)) return Ascii.IsValid(domain) ? domain : domain.ToLowerInvariant();
        try
        {
            return Idn.GetUnicode(domain.ToLowerInvariant());
        }
        catch (ArgumentException)
        {
            return domain;
        }
    }

    internal static bool IsDotAtom(string local)
    {
        if (local.Length == 0) return false;
        foreach (var c in local)
            if (c <= ' ' || c == '\u007f' || "()<>[]:;@\\,\"".Contains(c, StringComparison.Ordinal)) return false;
        return true;
    }

    private static string Phrase(string name)
    {
        foreach (var c in name)
            if ("()<>[]:;@\\,.\"".Contains(c, StringComparison.Ordinal))
                return "\"" + name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
        return name;
    }
}
