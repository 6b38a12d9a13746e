using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Text.Json;
using HelpdeskMail.Mail.Imap;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Bench;

/// <summary>
/// Our IMAP client downloading a mailbox over TLS, beside a raw SslStream that reads the very same bytes from the very same in-process
/// server into a buffer and forgets them, taken in turns: the best round of each in time and in processor time of both ends, and the
/// median of the rounds' ratios in processor time, which says how far other load on the machine disturbed them.
/// </summary>
internal static class ImapDownload
{
    private const int Rounds = 41;

    public static async Task<int> RunAsync(int count)
    {
        var mails = LoadMails.Generate(count, seed: 1).Select(mail => mail.Raw).ToList();
        using var certificate = ReplayServer.MakeCertificate();
        await using var server = new ReplayServer(mails, certificate);

        (double Time, double Processor) raw = (double.MaxValue, double.MaxValue), ours = raw;
        var processorRatios = new List<double>();
        var allocated = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            var rawRound = await MeasureAsync(() => RawAsync(server));
            var before = GC.GetTotalAllocatedBytes();
            var ourRound = await MeasureAsync(() => OursAsync(server, mails));
            allocated = GC.GetTotalAllocatedBytes() - before;
            raw = Best(raw, rawRound);
            ours = Best(ours, ourRound);
            processorRatios.Add(rawRound.Processor / ourRound.Processor);
        }

        processorRatios.Sort();
        var bytes = mails.Sum(mail => (long)mail.Length);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            bench = "imap-download",
            mails = count,
            megabytes = Math.Round(bytes / 1e6, 1),
            rawMegabytesPerSecond = Math.Round(bytes / 1e6 / raw.Time, 1),
            megabytesPerSecond = Math.Round(bytes / 1e6 / ours.Time, 1),
            ratio = Math.Round(raw.Time / ours.Time, 3),
            processorRatio = Math.Round(raw.Processor / ours.Processor, 3),
            processorRatioMedian = Math.Round(processorRatios[Rounds / 2], 3),
            mailsPerSecond = Math.Round(count / ours.Time),
            // Of both ends, since the server runs in this process; the message's own array is part of it.
            allocatedBytesPerMail = allocated / count,
            meanMailBytes = bytes / count,
        }));
        return 0;
    }

    /// <summary>Processor time is that of the whole round, with the TLS handshake.</summary>
    private static async Task<(double Time, double Processor)> MeasureAsync(Func<Task<double>> round)
    {
        var before = Environment.CpuUsage.TotalTime;
        var seconds = await round();
        return (seconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }

    private static (double Time, double Processor) Best((double Time, double Processor) one, (double Time, double Processor) other) =>
        (Math.Min(one.Time, other.Time), Math.Min(one.Processor, other.Processor));

    private static async Task<double> OursAsync(ReplayServer server, List<byte[]> mails)
    {
        var endpoint = new MailEndpoint("localhost", server.Port, ConnectionSecurity.Tls) { PinnedCertificate = server.Fingerprint };
        await using var client = await ImapClient.ConnectAsync(endpoint);
        await client.SelectAsync("INBOX");
        var uids = await client.UidSearchAsync(ImapSearch.All);
        var started = Stopwatch.GetTimestamp();
        var seen = 0;
        await foreach (var message in client.UidFetchAsync(uids))
        {
            if (message.Body!.Value.Length != mails[(int)message.Uid - 1].Length)
                throw new InvalidOperationException($"message {message.Uid} came with {message.Body.Value.Length} bytes");
            seen++;
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (seen != mails.Count)
            throw new InvalidOperationException($"{seen} of {mails.Count} messages came");
        await client.LogoutAsync();
        return seconds;
    }

    private static async Task<double> RawAsync(ReplayServer server)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", server.Port);
        await using var tls = new SslStream(client.GetStream(), false, (_, certificate, _, _) => certificate is not null);
        await tls.AuthenticateAsClientAsync("localhost");
        var buffer = new byte[64 * 1024];
        _ = await tls.ReadAsync(buffer); // the greeting
        var started = Stopwatch.GetTimestamp();
        await tls.WriteAsync("RAW\r\n"u8.ToArray());
        var left = server.RawLength;
        while (left > 0)
        {
            var read = await tls.ReadAsync(buffer);
            if (read == 0)
                throw new IOException("The server hung up.");
            left -= read;
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
