namespace HelpdeskMail.Core.Settings;

/// <summary>Ports and ranges of ports, such as "143, 993, 10000-20000".</summary>
public sealed record PortList(string Text, IReadOnlyList<(int First, int Last)> Ranges)
{
    public static PortList Default { get; } = new("110, 143, 993, 995", [(110, 110), (143, 143), (993, 993), (995, 995)]);

    public bool Contains(int port) => Ranges.Any(range => port >= range.First && port <= range.Last);
}
