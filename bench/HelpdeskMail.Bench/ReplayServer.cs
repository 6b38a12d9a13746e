using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace HelpdeskMail.Bench;

/// <summary>
/// As little of an IMAP server as a download needs, over TLS, its answers made beforehand. To "RAW" it sends all the bytes that a whole
/// download would get, in pieces of the same size.
/// </summary>
internal sealed class ReplayServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2 _certificate;
    private readonly byte[][] _sizes;
    private readonly byte[][] _bodies;
    private readonly Task _accepting;

    public ReplayServer(IReadOnlyList<byte[]> mails, X509Certificate2 certificate)
    {
        _certificate = certificate;
        _sizes = [.. mails.Select((mail, i) => Ascii($"* {i + 1} FETCH (UID {i + 1} FLAGS () INTERNALDATE \"17-Jul-2026 02:44:25 +0000\" RFC822.SIZE {mail.Length})\r\n"))];
        _bodies = [.. mails.Select((mail, i) => (byte[])[.. Ascii($"* {i + 1} FETCH (UID {i + 1} BODY[] {{{mail.Length}}}\r\n"), .. mail, .. Ascii(")\r\n")])];
        RawLength = _sizes.Sum(part => (long)part.Length) + _bodies.Sum(part => (long)part.Length);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Fingerprint => _certificate.GetCertHashString(HashAlgorithmName.SHA256);

    public long RawLength { get; }

    public static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                client.NoDelay = true;
                await using var tls = new SslStream(client.GetStream());
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
                await ServeAsync(tls);
            }
            catch (Exception error) when (error is IOException || _stop.IsCancellationRequested)
            {
                // The client has what it wanted.
            }
        }
    }

    private async Task ServeAsync(SslStream tls)
    {
        using var reader = new StreamReader(tls, Encoding.ASCII, false, 4096, leaveOpen: true);
        var output = new BufferedStream(tls, 64 * 1024);
        await SendAsync("* PREAUTH [CAPABILITY IMAP4rev1 ESEARCH LITERAL+] ready\r\n");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            if (line == "RAW")
            {
                foreach (var part in _sizes.Concat(_bodies))
                    await output.WriteAsync(part, _stop.Token);
                await output.FlushAsync(_stop.Token);
                continue;
            }

            var tag = line[..line.IndexOf(' ', StringComparison.Ordinal)];
            if (line.Contains(" SEARCH ", StringComparison.Ordinal))
                await SendAsync($"* ESEARCH (TAG \"{tag}\") UID ALL 1:{_bodies.Length}\r\n");
            else if (line.Contains(" UID FETCH ", StringComparison.Ordinal))
                await FetchAsync(output, line);
            else if (line.EndsWith(" LOGOUT", StringComparison.Ordinal))
                await SendAsync("* BYE\r\n");
            await SendAsync($"{tag} OK done\r\n");
        }

        async Task SendAsync(string text)
        {
            await output.WriteAsync(Ascii(text), _stop.Token);
            await output.FlushAsync(_stop.Token);
        }
    }

    private async Task FetchAsync(Stream output, string line)
    {
        var range = line.Split(' ')[3].Split(':');
        var first = int.Parse(range[0], CultureInfo.InvariantCulture);
        var last = int.Parse(range[^1], CultureInfo.InvariantCulture);
        var parts = line.Contains("BODY", StringComparison.Ordinal) ? _bodies : _sizes;
        for (var uid = first; uid <= last; uid++)
            await output.WriteAsync(parts[uid - 1], _stop.Token);
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
