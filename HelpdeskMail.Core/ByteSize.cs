using System.Globalization;

namespace HelpdeskMail.Core;

/// <summary>Sizes for people.</summary>
public static class ByteSize
{
    private const double Kilo = 1024;

    /// <summary>"870 bytes", "12 KB", "4.5 MB": two figures that matter.</summary>
    public static string Of(long bytes) => bytes switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1000 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(bytes / Kilo):0} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / Kilo / Kilo:0.#} MB"),
    };
}
