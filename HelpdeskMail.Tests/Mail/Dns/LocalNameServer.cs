using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using HelpdeskMail.Mail.Dns;

namespace HelpdeskMail.Tests.Mail.Dns;

/// <summary>A name server on a free loopback port, UDP and TCP, that answers from a table; a test may spoil its answers.</summary>
internal sealed class LocalNameServer : IAsyncDisposable
{
    private readonly Socket udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly TcpListener tcp;
    private readonly CancellationTokenSource stop = new();
    private readonly Task[] serving;

    public LocalNameServer()
    {
        // The same port for both: TCP chooses, UDP follows; a collision with another process's UDP port is tried again.
        while (true)
        {
            tcp = new TcpListener(IPAddress.Loopback, 0);
            tcp.Start();
            try
            {
                udp.Bind(tcp.LocalEndpoint);
                break;
            }
            catch (SocketException)
            {
                tcp.Stop();
            }
        }

        serving = [ServeUdpAsync(), ServeTcpAsync()];
    }

    public IPEndPoint EndPoint => (IPEndPoint)tcp.LocalEndpoint;

    /// <summary>"name TYPE" to the record's data on the wire. A name that stands nowhere does not exist.</summary>
    public Dictionary<string, List<byte[]>> Zone { get; } = new(StringComparer.OrdinalIgnoreCase);

    public List<string> Asked { get; } = [];

    /// <summary>From the right answer to what is sent over UDP; several datagrams, or none for a silent server.</summary>
    public Func<byte[], IEnumerable<byte[]>> OverUdp { get; set; } = answer => [answer];

    public DnsOptions Options => new() { Servers = [EndPoint], Patience = TimeSpan.FromSeconds(5), Rounds = 1 };

    public LocalNameServer Srv(string name, int priority, int weight, int port, string target) => Add(name, DnsRecordType.Srv, [.. Short(priority), .. Short(weight), .. Short(port), .. Name(target)]);

    public LocalNameServer Mx(string name, int preference, string exchange) => Add(name, DnsRecordType.Mx, [.. Short(preference), .. Name(exchange)]);

    public LocalNameServer A(string name, string address) => Add(name, DnsRecordType.A, IPAddress.Parse(address).GetAddressBytes());

    public LocalNameServer CName(string name, string target) => Add(name, DnsRecordType.CName, Name(target));

    public LocalNameServer Txt(string name, params string[] strings) => Add(name, DnsRecordType.Txt, [.. strings.SelectMany(text => Encoding.Latin1.GetBytes(text).Prepend((byte)text.Length))]);

    public LocalNameServer Add(string name, DnsRecordType type, byte[] data)
    {
        var key = $"{name} {type}";
        if (!Zone.TryGetValue(key, out var all)) Zone[key] = all = [];
        all.Add(data);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        udp.Dispose();
        tcp.Stop();
        await Task.WhenAll(serving);
        stop.Dispose();
    }

    public static byte[] Name(string name) => name.Length == 0 ? [0] : [.. name.Split('.').SelectMany(label => Encoding.ASCII.GetBytes(label).Prepend((byte)label.Length)), 0];

    private static byte[] Short(int number) => [(byte)(number >> 8), (byte)number];

    private async Task ServeUdpAsync()
    {
        var buffer = new byte[2048];
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var got = await udp.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), stop.Token);
                foreach (var datagram in OverUdp(Answer(buffer.AsSpan(0, got.ReceivedBytes)))) await udp.SendToAsync(datagram, got.RemoteEndPoint, stop.Token);
            }
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async Task ServeTcpAsync()
    {
        try
        {
            while (true)
            {
                using var client = await tcp.AcceptTcpClientAsync(stop.Token);
                var stream = client.GetStream();
                var size = new byte[2];
                await stream.ReadExactlyAsync(size, stop.Token);
                var question = new byte[BinaryPrimitives.ReadUInt16BigEndian(size)];
                await stream.ReadExactlyAsync(question, stop.Token);
                var answer = Answer(question);
                await stream.WriteAsync((byte[])[.. Short(answer.Length), .. answer], stop.Token);
            }
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private byte[] Answer(ReadOnlySpan<byte> question)
    {
        var at = 12;
        var name = new StringBuilder();
        while (question[at] != 0)
        {
            name.Append(name.Length > 0 ? "." : "").Append(Encoding.ASCII.GetString(question.Slice(at + 1, question[at])));
            at += 1 + question[at];
        }

        at += 5;
        var type = (DnsRecordType)BinaryPrimitives.ReadUInt16BigEndian(question[(at - 4)..]);
        lock (Asked) Asked.Add($"{name} {type}");

        var records = new List<byte>();
        var count = 0;
        var owner = name.ToString();
        if (type != DnsRecordType.CName && Zone.TryGetValue($"{owner} {DnsRecordType.CName}", out var alias))
        {
            Write(owner, DnsRecordType.CName, alias[0]);
            owner = string.Join('.', Labels(alias[0]));
        }

        foreach (var data in Zone.GetValueOrDefault($"{owner} {type}") ?? []) Write(owner, type, data);
        var exists = Zone.Keys.Any(key => key.StartsWith(owner + " ", StringComparison.OrdinalIgnoreCase));
        return [.. question[..2], 0x81, (byte)(exists ? 0x80 : 0x83), 0, 1, .. Short(count), 0, 0, 0, 0, .. question[12..at], .. records];

        void Write(string of, DnsRecordType kind, byte[] data)
        {
            count++;
            records.AddRange([.. Name(of), .. Short((int)kind), 0, 1, 0, 0, 0, 60, .. Short(data.Length), .. data]);
        }
    }

    private static IEnumerable<string> Labels(byte[] name)
    {
        for (var at = 0; name[at] != 0; at += 1 + name[at]) yield return Encoding.ASCII.GetString(name, at + 1, name[at]);
    }
}
