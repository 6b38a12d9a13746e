using System.Globalization;

namespace HelpdeskMail.App.Components.Pages.Addresses;

/// <summary>The number of a list's page, as the URL has it. Nonsense is the first.</summary>
internal static class AddressPage
{
    public static int Read(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page is >= 1 and <= 1_000_000 ? page : 1;
}
