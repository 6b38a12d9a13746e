using HelpdeskMail.Mail.Addresses;

namespace HelpdeskMail.Core;

/// <summary>Rules that the forms share. Each adds what is wrong under the field's name in API.md, and returns the value as it is to be kept.</summary>
internal static class FieldRules
{
    private const int LongestAddress = 320;

    public static string Text(Faults faults, string field, string? value, int longest, bool required = true)
    {
        var text = (value ?? "").Trim();
        if (required && text.Length == 0) faults.Add(field, "Must not be empty.");
        if (text.Length > longest) faults.Add(field, $"Must not be longer than {longest} characters.");
        if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))) faults.Add(field, "Must not hold control characters.");
        return text;
    }

    /// <summary>A text of one line: what goes into headers, commands and lists.</summary>
    public static string Line(Faults faults, string field, string? value, int longest, bool required = true)
    {
        var line = Text(faults, field, value, longest, required);
        if (line.AsSpan().IndexOfAny("\r\n\t") >= 0) faults.Add(field, "Must be a single line.");
        return line;
    }

    public static string Address(Faults faults, string field, string? value)
    {
        var text = Line(faults, field, value, LongestAddress);
        if (text.Length > 0 && !(MailAddress.TryParse(text, out var address) && address.DisplayName is null && address.Address == text))
            faults.Add(field, $"\"{text}\" is not an e-mail address.");
        return text;
    }

    /// <summary>A name or an IP address; no scheme, no port.</summary>
    public static string Host(Faults faults, string field, string? value)
    {
        var text = Line(faults, field, value, 255);
        if (text.Length > 0 && Uri.CheckHostName(text) == UriHostNameType.Unknown) faults.Add(field, $"\"{text}\" is not a host name (such as imap.example.org) or an IP address.");
        return text;
    }

    public static void Port(Faults faults, string field, int port)
    {
        if (port is < 1 or > 65535) faults.Add(field, "Must be between 1 and 65535.");
    }

    public static void Known<TEnum>(Faults faults, string field, TEnum value)
        where TEnum : struct, Enum
    {
        if (!Enum.IsDefined(value)) faults.Add(field, $"{value} is none of the choices.");
    }

    /// <summary>SHA-256 in hex as people copy it: colons, spaces and either case are taken.</summary>
    public static string? Certificate(Faults faults, string field, string? value)
    {
        if (string.IsNullOrWhiteSpace(value)) return null;
        var hex = string.Concat(value.Where(c => c is not (':' or ' ' or '-'))).ToLowerInvariant();
        if (hex.StartsWith("sha256", StringComparison.Ordinal)) hex = hex["sha256".Length..].TrimStart('=');
        if (hex.Length != 64 || !hex.All(char.IsAsciiHexDigit)) faults.Add(field, "Must be the SHA-256 of the certificate: 64 hexadecimal digits, with or without colons.");
        return hex;
    }

    public static void Unique(Faults faults, string field, string value, IEnumerable<string> others, string what)
    {
        if (value.Length > 0 && others.Contains(value, StringComparer.OrdinalIgnoreCase)) faults.Add(field, $"There is already {what} of this name.");
    }

    /// <summary>A saved password must not go to a server it wasn't entered for.</summary>
    public static void PasswordForThisServer(Faults faults, string? given, string? saved, bool sameServer)
    {
        if (given is null && saved is not null && !sameServer) faults.Add("password", "Enter the password again: the server or the user name has changed.");
    }
}
