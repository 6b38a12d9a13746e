using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace HelpdeskMail.Mail.Dns;

/// <summary>Whom to ask, and how long to wait.</summary>
public sealed record DnsOptions
{
    private const int Port = 53;

    /// <summary>Asked in this order, each <see cref="Rounds"/> times. Empty: every question ends as unreachable.</summary>
    public IReadOnlyList<IPEndPoint> Servers { get; init; } = [];

    /// <summary>For one question to one server, once; over TCP the same again.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1.5);

    public int Rounds { get; init; } = 2;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The machine's own name servers (resolv.conf, or the network adapters' on Windows), as they are now.</summary>
    public static DnsOptions OfSystem(TimeProvider? time = null) => new() { Servers = SystemServers(), Time = time ?? TimeProvider.System };

    private static List<IPEndPoint> SystemServers()
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces()
                .Where(adapter => adapter.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown)
                .SelectMany(adapter => adapter.GetIPProperties().DnsAddresses)
                // Windows lists well-known site-local addresses that nobody answers at.
                .Where(address => address.AddressFamily == AddressFamily.InterNetwork || !address.IsIPv6SiteLocal)
                .Distinct()
                .Take(3)
                .Select(address => new IPEndPoint(address, Port))];
        }
        catch (NetworkInformationException)
        {
            return [];
        }
    }
}
