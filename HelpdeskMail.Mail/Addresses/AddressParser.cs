using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Addresses;

/// <summary>Address lists of RFC 5322 §3.4 and §4.4, read tolerantly: groups flattened, comments, routes, encoded words, missing brackets and commas.</summary>
public static class AddressParser
{
    private const int MaxAddresses = 10_000;

    /// <summary>Every mailbox of the list, in order. Never fails; what is no address at all is left out.</summary>
    public static IReadOnlyList<MailAddress> ParseList(string? text) =>
        string.IsNullOrWhiteSpace(text) ? [] : new AddressReader(text, MaxAddresses).Read();

    internal static IReadOnlyList<MailAddress> ParseHeader(ReadOnlySpan<byte> raw, int max)
    {
        var text = HeaderText.Unfold(raw);
        return text.Length == 0 ? [] : new AddressReader(text, max).Read();
    }
}
