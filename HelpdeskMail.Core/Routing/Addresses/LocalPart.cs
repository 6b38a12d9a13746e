using HelpdeskMail.Mail.Addresses;

namespace HelpdeskMail.Core.Routing.Addresses;

/// <summary>The rule for local parts that people enter: the part before the @.</summary>
internal static class LocalPart
{
    /// <summary>In lower case.</summary>
    public static string Check(Faults faults, string field, string? value)
    {
        var text = FieldRules.Line(faults, field, value, 64).ToLowerInvariant();
        if (text.Length == 0) return text;
        var whole = text + "@example.org";
        if (text.Contains('@', StringComparison.Ordinal)) faults.Add(field, "Only the part before the @.");
        else if (text.Contains('+', StringComparison.Ordinal)) faults.Add(field, "Must not hold a plus sign: what follows one is a tag, not part of the address.");
        else if (!(MailAddress.TryParse(whole, out var address) && address.Address == whole)) faults.Add(field, $"\"{text}\" can't stand before the @ of an address.");
        return text;
    }
}
