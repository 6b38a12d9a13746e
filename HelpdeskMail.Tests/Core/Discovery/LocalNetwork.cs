using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HelpdeskMail.Core.Discovery;
using HelpdeskMail.Mail.Dns;
using HelpdeskMail.Tests.Mail.Dns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HelpdeskMail.Tests.Core.Discovery;

/// <summary>A small world: a name server, and a web server that is every host on port 443. The client side is the real one.</summary>
internal sealed class LocalNetwork : IDiscoveryNetwork, IAsyncDisposable
{
    private static readonly X509Certificate2 Certificate = SelfSigned();
    private readonly WebApplication web;
    private readonly DiscoveryNetwork https;

    private LocalNetwork()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(Certificate))).UseKestrelHttpsConfiguration();
        web = builder.Build();
        web.Run(async http =>
        {
            var url = $"{http.Request.Scheme}://{http.Request.Host.Host}{http.Request.Path}{http.Request.QueryString}";
            lock (Asked) Asked.Add(url);
            HadCredentials |= http.Request.Headers.Authorization.Count > 0 || http.Request.Headers.Cookie.Count > 0;
            if (Redirects.TryGetValue(url, out var target)) http.Response.Redirect(target);
            else if (Documents.TryGetValue(url, out var text)) await http.Response.WriteAsync(text);
            else http.Response.StatusCode = 404;
        });
        https = new DiscoveryNetwork(TimeProvider.System, Handler());
    }

    public LocalNameServer Dns { get; } = new();

    public Dictionary<string, string> Documents { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Redirects { get; } = new(StringComparer.Ordinal);

    public List<string> Asked { get; } = [];

    public bool HadCredentials { get; private set; }

    /// <summary>Hosts whose connections nobody answers.</summary>
    public bool NoWeb { get; set; }

    public DnsOptions? OtherDns { get; set; }

    public static async Task<LocalNetwork> StartAsync()
    {
        var network = new LocalNetwork();
        await network.web.StartAsync();
        return network;
    }

    public Task<DnsAnswer> QueryAsync(string name, DnsRecordType type, CancellationToken cancel) => new DnsClient(OtherDns ?? Dns.Options).QueryAsync(name, type, cancel);

    public Task<DiscoveryDocument> GetAsync(Uri url, CancellationToken cancel) => https.GetAsync(url, cancel);

    public async ValueTask DisposeAsync()
    {
        https.Dispose();
        await web.DisposeAsync();
        await Dns.DisposeAsync();
    }

    private SocketsHttpHandler Handler() => new()
    {
        UseProxy = false,
        ConnectCallback = async (context, cancel) =>
        {
            if (NoWeb) await Task.Delay(Timeout.Infinite, cancel);
            if (context.DnsEndPoint.Port != 443) throw new SocketException((int)SocketError.ConnectionRefused);
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, new Uri(web.Urls.First()).Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
        SslOptions = { RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.GetCertHashString() == Certificate.GetCertHashString() },
    };

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
