using System.Globalization;

namespace HelpdeskMail.Core.Tickets;

/// <summary>Pictures that nobody is to see: they tell their sender that the mail was opened, or hold a table's columns apart.</summary>
internal static class MailHtmlPixel
{
    private const int Points = 3; // fewer than these in either direction

    public static bool Is(IReadOnlyDictionary<string, string> attributes) =>
        IsSmall(attributes.GetValueOrDefault("width")) || IsSmall(attributes.GetValueOrDefault("height")) || HidesBy(attributes.GetValueOrDefault("data-remote-style") ?? attributes.GetValueOrDefault("style"));

    private static bool HidesBy(string? style)
    {
        if (style is null) return false;
        foreach (var range in style.AsSpan().Split(';'))
        {
            var declaration = style.AsSpan()[range];
            var colon = declaration.IndexOf(':');
            if (colon < 0) continue;
            var name = declaration[..colon].Trim();
            var value = declaration[(colon + 1)..].Trim();
            if (Names(name, "width") || Names(name, "height") || Names(name, "max-width") || Names(name, "max-height"))
            {
                if (IsSmall(value)) return true;
            }
            else if ((Names(name, "display") && value.StartsWith("none", StringComparison.OrdinalIgnoreCase)) || (Names(name, "visibility") && value.StartsWith("hidden", StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Names(ReadOnlySpan<char> name, string wanted) => name.Equals(wanted, StringComparison.OrdinalIgnoreCase);

    /// <summary>"1", "1px", "0"; not "1%", "1em".</summary>
    private static bool IsSmall(ReadOnlySpan<char> length)
    {
        length = length.Trim();
        var important = length.IndexOf('!');
        if (important > 0) length = length[..important].TrimEnd();
        if (length.EndsWith("px", StringComparison.OrdinalIgnoreCase)) length = length[..^2].TrimEnd();
        return double.TryParse(length, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var points) && points < Points;
    }
}
