using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Text.Json;
using HelpdeskMail.Mail.Imap;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Bench;

/// <summary>
/// Our IMAP client downloading a mailbox over TLS, beside a raw SslStream that reads the very same bytes from the very same in-process
/// server into a buffer and forgets them. The best of several rounds each, taken in turns.
/// </summary>
internal static class ImapDownload
{
    private const int Rounds = 15;

    public static async Task<int> RunAsync(int count)
    {
        var mails = LoadMails.Generate(count, seed: 1).Select(mail => mail.Raw).ToList();
        using var certificate = ReplayServer.MakeCertificate();
        await using var server = new ReplayServer(mails, certificate);

        double raw = double.MaxValue, ours = double.MaxValue;
        var allocated = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            raw = Math.Min(raw, await RawAsync(server));
            var before = GC.GetTotalAllocatedBytes();
            ours = Math.Min(ours, await OursAsync(server, mails));
            allocated = GC.GetTotalAllocatedBytes() - before;
        }

        var bytes = mails.Sum(mail => (long)mail.Length);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            bench = "imap-download",
            mails = count,
            megabytes = Math.Round(bytes / 1e6, 1),
            rawMegabytesPerSecond = Math.Round(bytes / 1e6 / raw, 1),
            megabytesPerSecond = Math.Round(bytes / 1e6 / ours, 1),
            ratio = Math.Round(raw / ours, 3),
            mailsPerSecond = Math.Round(count / ours),
            // Of both ends, since the server runs in this process; the message's own array is part of it.
            allocatedBytesPerMail = allocated / count,
            meanMailBytes = bytes / count,
        }));
        return 0;
    }

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
            if (message.Body!.Length != mails[(int)message.Uid - 1].Length)
                throw new InvalidOperationException($"message {message.Uid} came with {message.Body.Length} bytes");
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
