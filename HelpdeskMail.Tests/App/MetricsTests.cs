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
        var seen = CollectAsync(collector, ["helpdesk.fetches", "ConnectionRefused", "helpdesk.fetch.duration", "support"]);
        await using var portal = await RunningPortal.StartAsync(
            (MetricsExport.Endpoint, $"http://127.0.0.1:{port}"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_METRIC_EXPORT_INTERVAL", "300"));
        await portal.ConfigureAsync(ConfigurationOf.DeadMailbox());
        using var api = await portal.ApiAsync();

        using var fetch = await api.PostAsync(new Uri("mailboxes/1/fetch", UriKind.Relative), null);

        Assert.Equal("/v1/metrics", await seen.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void CollectorThatIsNoUrl_StopsTheStart_NamingTheKey()
    {
        var fault = Assert.Throws<SettingsException>(() => HelpdeskMail.App.HelpdeskApp.Build([new(MetricsExport.Endpoint, "collector:4317")]));
        Assert.Contains(MetricsExport.Endpoint, Assert.Single(fault.Faults), StringComparison.Ordinal);
    }

    /// <summary>The path of the first request that holds all the words: strings stand in protobuf as they are.</summary>
    private static async Task<string> CollectAsync(HttpListener collector, string[] words)
    {
        while (true)
        {
            var context = await collector.GetContextAsync();
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            context.Response.Close();
            var text = Encoding.Latin1.GetString(body.ToArray());
            if (words.All(word => text.Contains(word, StringComparison.Ordinal))) return context.Request.Url!.AbsolutePath;
        }
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
