using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace HelpdeskMail.Core.Settings;

/// <summary>Ports and ranges of ports, such as "143, 993, 10000-20000".</summary>
public sealed record PortList(string Text, IReadOnlyList<(int First, int Last)> Ranges)
{
    public static PortList Default { get; } = new("110, 143, 993, 995", [(110, 110), (143, 143), (993, 993), (995, 995)]);

    public static bool TryParse(string? text, [NotNullWhen(true)] out PortList? list)
    {
        list = null;
        var ranges = new List<(int First, int Last)>();
        foreach (var item in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = item.Split('-', StringSplitOptions.TrimEntries);
            if (ends.Length > 2 || !TryPort(ends[0], out var first) || !TryPort(ends[^1], out var last) || first > last) return false;
            ranges.Add((first, last));
        }

        if (ranges.Count == 0) return false;
        list = new PortList(text!.Trim(), ranges);
        return true;
    }

    public bool Contains(int port) => Ranges.Any(range => port >= range.First && port <= range.Last);

    private static bool TryPort(string text, out int port) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1 and <= 65535;
}
