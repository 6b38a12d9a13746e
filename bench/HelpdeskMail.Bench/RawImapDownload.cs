using System.Buffers.Text;
using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace HelpdeskMail.Bench;

/// <summary>
/// The yardstick: one UID FETCH for everything over TLS, the bytes counted and dropped. What any client could reach at best
/// against this server on this machine.
/// </summary>
internal static class RawImapDownload
{
    public sealed record Result(int Messages, long Bytes, double Seconds)
    {
        public double PerSecond => Messages / Seconds;
    }

    public static async Task<Result> RunAsync(int port, string certificatePath, string user, string password)
    {
        using var pinned = X509CertificateLoader.LoadCertificateFromFile(certificatePath);
        var started = Stopwatch.GetTimestamp();
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", port);
        await using var tls = new SslStream(client.GetStream(), false, (_, certificate, _, _) => certificate?.GetCertHashString() == pinned.GetCertHashString());
        await tls.AuthenticateAsClientAsync("localhost");

        var reader = new Reader(tls);
        await reader.LineAsync();
        // Pipelined (RFC 3501 section 5.5): the commands do not depend on each other's answers.
        await tls.WriteAsync(Encoding.ASCII.GetBytes($"a LOGIN {user} {password}\r\nb SELECT INBOX\r\nc UID FETCH 1:* (UID BODY.PEEK[])\r\nd LOGOUT\r\n"));
        var messages = 0;
        var bytes = 0L;
        while (true)
        {
            var line = await reader.LineAsync();
            if (LiteralLength(line) is { } length)
            {
                await reader.SkipAsync(length);
                messages++;
                bytes += length;
            }
            if (line.StartsWith("d ", StringComparison.Ordinal))
                return new Result(messages, bytes, Stopwatch.GetElapsedTime(started).TotalSeconds);
            if (line.Length > 4 && line[1] == ' ' && char.IsAsciiLetterLower(line[0]) && !line[2..].StartsWith("OK", StringComparison.Ordinal))
                throw new IOException(line);
        }
    }

    private static int? LiteralLength(string line)
    {
        if (!line.EndsWith('}'))
            return null;
        var digits = Encoding.ASCII.GetBytes(line[(line.LastIndexOf('{') + 1)..^1]);
        return Utf8Parser.TryParse(digits, out int length, out var used) && used == digits.Length ? length : null;
    }

    private sealed class Reader(Stream stream)
    {
        private readonly byte[] _buffer = new byte[256 * 1024];
        private int _start;
        private int _end;

        public async Task<string> LineAsync()
        {
            var line = new StringBuilder();
            while (true)
            {
                var newline = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
                var take = newline < 0 ? _end - _start : newline + 1;
                line.Append(Encoding.Latin1.GetString(_buffer, _start, take));
                _start += take;
                if (newline >= 0)
                    return line.ToString().TrimEnd('\r', '\n');
                await FillAsync();
            }
        }

        public async Task SkipAsync(int count)
        {
            while (true)
            {
                var take = Math.Min(count, _end - _start);
                _start += take;
                count -= take;
                if (count == 0)
                    return;
                await FillAsync();
            }
        }

        private async Task FillAsync()
        {
            _start = 0;
            _end = await stream.ReadAsync(_buffer);
            if (_end == 0)
                throw new IOException("The server hung up.");
        }
    }
}
