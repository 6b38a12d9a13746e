using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HelpdeskMail.Mail.Imap;
using HelpdeskMail.Mail.Transport;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Transport;

/// <summary>Getting connected: names, ports, certificates.</summary>
public sealed class MailConnectionTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [Fact]
    public async Task Certificate_SelfSignedExpiredAndForSomebodyElse_IsRefusedWithEveryReason()
    {
        using var certificate = Make("mail.example.org", Now.AddYears(-2), new DateTimeOffset(2025, 1, 31, 0, 0, 0, TimeSpan.Zero));
        await using var server = new TlsGreeter(certificate);
        var refused = await Assert.ThrowsAsync<CertificateRefusedException>(() => ImapClient.ConnectAsync(server.Endpoint()));

        Assert.Equal(MailFaultKind.CertificateRefused, refused.Kind);
        Assert.Equal("CN=mail.example.org", refused.Certificate.Subject);
        Assert.Equal("CN=mail.example.org", refused.Certificate.Issuer);
        Assert.Equal(["mail.example.org"], refused.Certificate.Names);
        Assert.Equal(new DateOnly(2025, 1, 31), DateOnly.FromDateTime(refused.Certificate.NotAfter.UtcDateTime));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(certificate.RawData)), refused.Certificate.Sha256);
        Assert.Contains("it expired on 2025-01-31", refused.Reasons, StringComparer.Ordinal);
        Assert.Contains("it is made out to mail.example.org, not to localhost", refused.Reasons, StringComparer.Ordinal);
        Assert.Contains("self-signed", refused.Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pin_OfExactlyThisCertificate_IsAccepted_WhateverElseIsWrongWithIt(bool asPeopleWriteIt)
    {
        using var certificate = Make("mail.example.org", Now.AddYears(-2), Now.AddYears(-1));
        await using var server = new TlsGreeter(certificate);
        var pin = Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));
        if (asPeopleWriteIt)
            pin = string.Join(':', pin.ToUpperInvariant().Chunk(2).Select(pair => new string(pair)));
        await using var client = await ImapClient.ConnectAsync(server.Endpoint() with { PinnedCertificate = pin });
        Assert.True(client.IsEncrypted);
        Assert.Equal(["mail.example.org"], client.Certificate!.Names);
    }

    [Fact]
    public async Task Pin_OfAnotherCertificate_IsRefused_AndShowsThisOne()
    {
        using var certificate = Make("localhost", Now.AddDays(-1), Now.AddDays(1));
        await using var server = new TlsGreeter(certificate);
        var refused = await Assert.ThrowsAsync<CertificateRefusedException>(() => ImapClient.ConnectAsync(server.Endpoint() with { PinnedCertificate = new string('a', 64) }));
        Assert.Contains(refused.Certificate.Sha256, Assert.Single(refused.Reasons));
    }

    [Fact]
    public async Task Tls_OnAPortThatSpeaksPlain_IsATlsFault()
    {
        await using var server = new ScriptedServer(async peer => { await peer.SayAsync("* OK ready\r\n"); await peer.HearAsync(); });
        Assert.Equal(MailFaultKind.TlsFailed, (await Assert.ThrowsAsync<MailProtocolException>(() => ImapClient.ConnectAsync(server.Endpoint(ConnectionSecurity.Tls)))).Kind);
    }

    [Fact]
    public async Task Plain_OnAPortThatWaitsForTls_TimesOut()
    {
        using var certificate = Make("localhost", Now.AddDays(-1), Now.AddDays(1));
        await using var server = new TlsGreeter(certificate);
        var options = new TransportOptions { Deadlines = new Deadlines { Greeting = TimeSpan.FromMilliseconds(200) } };
        Assert.Equal(MailFaultKind.Timeout, (await Assert.ThrowsAsync<MailProtocolException>(() => ImapClient.ConnectAsync(server.Endpoint() with { Security = ConnectionSecurity.None }, options))).Kind);
    }

    [Fact]
    public async Task Connect_NothingListens_SaysWhichPort()
    {
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var fault = await Assert.ThrowsAsync<MailProtocolException>(() => ImapClient.ConnectAsync(new MailEndpoint("localhost", port, ConnectionSecurity.None)));
        Assert.Equal(MailFaultKind.ConnectRefused, fault.Kind);
        Assert.Contains($"port {port}", fault.Text);
    }

    [Theory]
    [InlineData("no-such-host.invalid")]
    [InlineData("a..b")]
    [InlineData("exa mple.org")]
    public async Task Connect_NameNobodyKnows_SaysSo(string host)
    {
        var fault = await Assert.ThrowsAsync<MailProtocolException>(() => ImapClient.ConnectAsync(new MailEndpoint(host, 993, ConnectionSecurity.Tls)));
        Assert.Equal(MailFaultKind.ResolveFailed, fault.Kind);
        Assert.Contains(host, fault.Text);
    }

    [Fact]
    public async Task Connect_FirstAddressDead_TheNextIsTried()
    {
        await using var server = new ScriptedServer(async peer => { await peer.SayAsync("* OK ready\r\n"); await peer.HearAsync(); });
        var endpoint = server.Endpoint();
        // Nothing listens on the first two; TEST-NET-1 swallows what is sent to it where it is routed at all.
        using var socket = await TcpDialer.ConnectAsync(endpoint, [IPAddress.IPv6Loopback, IPAddress.Parse("192.0.2.1"), IPAddress.Loopback], TransportOptions.Default, [], CancellationToken.None);
        Assert.True(socket.Connected);
    }

    [Fact]
    public async Task Connect_CallerGivesUp_IsACancellationAndNoFault()
    {
        await using var server = new ScriptedServer(peer => peer.HearAsync());
        using var cancel = new CancellationTokenSource(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ImapClient.ConnectAsync(server.Endpoint(), ct: cancel.Token));
    }

    private static X509Certificate2 Make(string name, DateTimeOffset from, DateTimeOffset to)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(from, to);
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Says hello over TLS and nothing more.</summary>
    private sealed class TlsGreeter : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _serving;

        public TlsGreeter(X509Certificate2 certificate)
        {
            _listener.Start();
            _serving = ServeAsync(certificate);
        }

        public MailEndpoint Endpoint() => new("localhost", ((IPEndPoint)_listener.LocalEndpoint).Port, ConnectionSecurity.Tls);

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            _listener.Stop();
            await _serving;
            _stop.Dispose();
        }

        private async Task ServeAsync(X509Certificate2 certificate)
        {
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                    await using var tls = new SslStream(client.GetStream());
                    await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, _stop.Token);
                    await tls.WriteAsync("* OK [CAPABILITY IMAP4rev1] ready\r\n"u8.ToArray(), _stop.Token);
                    await tls.ReadExactlyAsync(new byte[1], _stop.Token);
                }
                catch (Exception error) when (_stop.IsCancellationRequested || error is IOException or AuthenticationException)
                {
                    // The client refused the certificate or hung up.
                }
            }
        }
    }
}
