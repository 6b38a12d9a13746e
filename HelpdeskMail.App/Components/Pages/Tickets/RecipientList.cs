using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Addresses;

namespace HelpdeskMail.App.Components.Pages.Tickets;

/// <summary>Recipients as people type them: "anna@example.org, Bert &lt;bert@example.org&gt;".</summary>
internal static class RecipientList
{
    public static string Write(IEnumerable<MessageAddress> addresses) => string.Join(", ", addresses.Select(Write));

    /// <returns>False: something there is no address one can send to; <paramref name="wrong"/> is its text.</returns>
    public static bool TryRead(string? text, out List<MessageAddress> addresses, out string wrong)
    {
        addresses = [];
        wrong = "";
        foreach (var piece in Split(text ?? ""))
        {
            var read = AddressParser.ParseList(piece);

            // The parser is made for what mails hold, and mends what it can; what somebody types should be meant as it is read.
            var bare = piece.Contains('<', StringComparison.Ordinal) ? null : piece;
            if (read.Count != 1 || read[0].Domain.Length == 0 || read[0].LocalPart.Length == 0 || (bare is not null && !string.Equals(bare, read[0].Address, StringComparison.OrdinalIgnoreCase)))
            {
                wrong = piece;
                return false;
            }

            var address = new MessageAddress(read[0].DisplayName, read[0].Address);
            if (!addresses.Exists(other => string.Equals(other.Address, address.Address, StringComparison.OrdinalIgnoreCase))) addresses.Add(address);
        }

        return true;
    }

    private static string Write(MessageAddress address)
    {
        if (string.IsNullOrWhiteSpace(address.Name)) return address.Address;
        var plain = address.Name.All(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '\'');
        return plain ? $"{address.Name} <{address.Address}>" : $"\"{address.Name.Replace("\\", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal)}\" <{address.Address}>";
    }

    /// <summary>At commas, semicolons and line ends outside quotation marks.</summary>
    private static IEnumerable<string> Split(string text)
    {
        var quoted = false;
        var from = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '"') quoted = !quoted;
            if (i < text.Length && (quoted || text[i] is not (',' or ';' or '\n'))) continue;
            var piece = text[from..i].Trim();
            from = i + 1;
            if (piece.Length > 0) yield return piece;
        }
    }
}
