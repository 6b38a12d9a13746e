using System.Net.Sockets;
using System.Text;

namespace HelpdeskMail.Tests;

/// <summary>The few lines of SMTP (RFC 5321) and LMTP (RFC 2033) that put a raw mail into the rig, independent of the client under test.</summary>
internal static class MailDrop
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <param name="lmtp">LMTP goes straight into Dovecot; SMTP goes through Postfix, which may bounce it.</param>
    /// <param name="sender">The envelope sender; empty for the null return path.</param>
    public static async Task SendAsync(bool lmtp, int port, string sender, IReadOnlyList<string> recipients, byte[] raw)
    {
        using var timeout = new CancellationTokenSource(Deadline);
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, timeout.Token);
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);

        async Task Expect(char firstDigit, string what)
        {
            string? line;
            do
                line = await reader.ReadLineAsync(timeout.Token) ?? throw new IOException($"{what}: the server hung up");
            while (line.Length > 3 && line[3] == '-');
            if (line[0] != firstDigit)
                throw new IOException($"{what}: {line}");
        }

        async Task Say(string line, char firstDigit)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), timeout.Token);
            await Expect(firstDigit, line);
        }

        await Expect('2', "greeting");
        await Say(lmtp ? "LHLO outside.test" : "EHLO outside.test", '2');
        await Say($"MAIL FROM:<{sender}>", '2');
        foreach (var recipient in recipients)
            await Say($"RCPT TO:<{recipient}>", '2');
        await Say("DATA", '3');
        await stream.WriteAsync(DotStuffed(raw), timeout.Token);
        await stream.WriteAsync(".\r\n"u8.ToArray(), timeout.Token);
        for (var answers = lmtp ? recipients.Count : 1; answers > 0; answers--)
            await Expect('2', "end of data"); // LMTP answers once for each recipient (RFC 2033 section 4.2)
        await Say("QUIT", '2');
    }

    /// <summary>Doubles leading dots (RFC 5321 section 4.5.2) and ends with CRLF; bare LF stays as it is, since some tests want it.</summary>
    private static byte[] DotStuffed(byte[] raw)
    {
        var result = new MemoryStream(raw.Length + 64);
        var lineStart = true;
        foreach (var b in raw)
        {
            if (lineStart && b == '.')
                result.WriteByte((byte)'.');
            result.WriteByte(b);
            lineStart = b == '\n';
        }
        if (!lineStart)
            result.Write("\r\n"u8);
        return result.ToArray();
    }
}
