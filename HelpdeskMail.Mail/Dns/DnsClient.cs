using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace HelpdeskMail.Mail.Dns;

/// <summary>
/// A stub resolver (RFC 1035): asks the configured name servers for the records that the system's resolver can't be asked for.
/// Never throws but for cancellation: what went wrong is the answer's status. No cache.
/// </summary>
public sealed class DnsClient(DnsOptions options)
{
    private const int LargestDatagram = 4096;

    /// <summary>How many datagrams that are no answer to our question are passed over before a server counts as silent.</summary>
    private const int MostStrays = 100;

    public async Task<DnsAnswer> QueryAsync(string name, DnsRecordType type, CancellationToken cancel = default)
    {
        if (DnsName.Normalise(name) is not { } normal) return DnsAnswer.Failed(DnsStatus.BadName);
        var worst = DnsStatus.Unreachable;
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var server in options.Servers)
            {
                var answer = await AskAsync(server, normal, type, cancel);
                if (answer.WasAnswered) return answer;
                // Of several silences the one that says most: a server that failed knows more than one that was not there.
                if (answer.Status == DnsStatus.ServerFailure || worst == DnsStatus.Unreachable) worst = answer.Status;
            }

            if (worst == DnsStatus.ServerFailure) break; // it answered; asking the same again at once changes nothing
        }

        return DnsAnswer.Failed(worst);
    }

    private async Task<DnsAnswer> AskAsync(IPEndPoint server, string name, DnsRecordType type, CancellationToken cancel)
    {
        // One question, one socket: the system gives each its own random port.
        var question = new DnsQuestion((ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1), name, type);
        var overUdp = await InTimeAsync(token => OverUdpAsync(server, question, token), cancel);
        return overUdp.Truncated
            ? (await InTimeAsync(token => OverTcpAsync(server, question with { Id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1) }, token), cancel)).Answer
            : overUdp.Answer;
    }

    private async Task<(DnsAnswer Answer, bool Truncated)> InTimeAsync(Func<CancellationToken, Task<(DnsAnswer Answer, bool Truncated)?>> ask, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(options.Patience, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            return await ask(either.Token) ?? (DnsAnswer.Failed(DnsStatus.ServerFailure), false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (DnsAnswer.Failed(DnsStatus.Timeout), false);
        }
        catch (Exception fault) when (fault is SocketException or IOException)
        {
            return (DnsAnswer.Failed(DnsStatus.Unreachable), false);
        }
    }

    private static async Task<(DnsAnswer Answer, bool Truncated)?> OverUdpAsync(IPEndPoint server, DnsQuestion question, CancellationToken cancel)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        // Connected: datagrams from anybody else don't even reach us.
        await socket.ConnectAsync(server, cancel);
        await socket.SendAsync(question.ToBytes(), cancel);
        var buffer = new byte[LargestDatagram];
        for (var stray = 0; stray < MostStrays; stray++)
        {
            var length = await socket.ReceiveAsync(buffer, cancel);
            if (DnsMessageReader.TryRead(buffer.AsSpan(0, length), question) is { } read) return read;
        }

        return null;
    }

    /// <summary>RFC 7766: the same message behind its length in two bytes.</summary>
    private static async Task<(DnsAnswer Answer, bool Truncated)?> OverTcpAsync(IPEndPoint server, DnsQuestion question, CancellationToken cancel)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, cancel);
        await using var stream = new NetworkStream(socket);
        var bytes = question.ToBytes();
        var framed = new byte[bytes.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)bytes.Length);
        bytes.CopyTo(framed, 2);
        await stream.WriteAsync(framed, cancel);

        var size = new byte[2];
        await stream.ReadExactlyAsync(size, cancel);
        var answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(size)];
        await stream.ReadExactlyAsync(answer, cancel);
        return DnsMessageReader.TryRead(answer, question) is { } read ? (read.Answer, false) : null;
    }
}
