using System.Net;
using System.Text;
using HelpdeskMail.App.Composition;
using Xunit;

namespace HelpdeskMail.Tests.App;

public sealed class MetricsTests
{
    [Fact]
    public async Task CollectorNamed_GetsWhatAFetchDid()
    {
        using var collector = new HttpListener();
        var port = FreePort();
        collector.Prefixes.Add($"http://127.0.0.1:{port}/");
        collector.Start();
        string[] words = ["helpdesk.fetches", "ConnectionRefused", "helpdesk.fetch.duration", "support"];
        var (path, last) = ("", "");
        _ = CollectAsync(collector, (to, text) => (path, last) = (to, text));
        await using var portal = await RunningPortal.StartAsync(
            (MetricsExport.Endpoint, $"http://127.0.0.1:{port}"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_METRIC_EXPORT_INTERVAL", "300"));
        await portal.ConfigureAsync(ConfigurationOf.DeadMailbox());
        using var api = await portal.ApiAsync();

        using (var fetch = await api.PostAsync(new Uri("mailboxes/1/fetch", UriKind.Relative), null)) Assert.Equal(HttpStatusCode.BadGateway, fetch.StatusCode);

        await Eventually.TrueAsync(() => words.All(word => last.Contains(word, StringComparison.Ordinal)), TimeSpan.FromSeconds(60), $"{string.Join(", ", words)} at the collector");
        Assert.Equal("/v1/metrics", path);
    }

    [Fact]
    public void CollectorThatIsNoUrl_StopsTheStart_NamingTheKey()
    {
        var fault = Assert.Throws<SettingsException>(() => HelpdeskMail.App.HelpdeskApp.Build([new(MetricsExport.Endpoint, "collector:4317")]));
        Assert.Contains(MetricsExport.Endpoint, Assert.Single(fault.Faults), StringComparison.Ordinal);
    }

    /// <summary>Reads request after request, until the listener is gone; strings stand in protobuf as they are.</summary>
    private static async Task CollectAsync(HttpListener collector, Action<string, string> take)
    {
        while (collector.IsListening)
        {
            var context = await collector.GetContextAsync();
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            take(context.Request.Url!.AbsolutePath, Encoding.Latin1.GetString(body.ToArray()));
            context.Response.Close();
        }
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
