using System.Net;
using System.Security.Authentication;
using System.Text;
using HelpdeskMail.Mail.Dns;

namespace HelpdeskMail.Core.Discovery;

/// <summary>The real network: the machine's name servers, and HTTPS with ordinary certificate checks.</summary>
public sealed class DiscoveryNetwork : IDiscoveryNetwork, IDisposable
{
    private const int LargestDocument = 64 * 1024;
    private const int MostRedirects = 3;
    private static readonly TimeSpan DocumentDeadline = TimeSpan.FromSeconds(4);

    private readonly TimeProvider time;
    private readonly HttpClient http;

    public DiscoveryNetwork(TimeProvider time)
        : this(time, new SocketsHttpHandler())
    {
    }

    /// <param name="handler">For tests, whose server has no name in the world's DNS.</param>
    internal DiscoveryNetwork(TimeProvider time, SocketsHttpHandler handler)
    {
        this.time = time;
        handler.UseCookies = false;
        handler.Credentials = null;
        handler.PreAuthenticate = false;
        handler.MaxAutomaticRedirections = MostRedirects; // the handler itself never follows from https to http
        handler.AutomaticDecompression = DecompressionMethods.None; // a small file that unpacks to a large one is no use to anybody here
        handler.ConnectTimeout = DocumentDeadline;
        http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestDocument };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("HelpdeskMail");
    }

    // The machine's name servers may change while we run: read at each question.
    public Task<DnsAnswer> QueryAsync(string name, DnsRecordType type, CancellationToken cancel) => new DnsClient(DnsOptions.OfSystem(time)).QueryAsync(name, type, cancel);

    public async Task<DiscoveryDocument> GetAsync(Uri url, CancellationToken cancel)
    {
        if (url.Scheme != Uri.UriSchemeHttps) return new DiscoveryDocument(WasAnswered: false, Text: null);
        using var deadline = new CancellationTokenSource(DocumentDeadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        try
        {
            using var response = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.StatusCode != HttpStatusCode.OK || response.Content.Headers.ContentLength > LargestDocument) return new DiscoveryDocument(WasAnswered: true, Text: null);
            return new DiscoveryDocument(WasAnswered: true, await ReadAsync(response.Content, either.Token));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new DiscoveryDocument(WasAnswered: false, Text: null);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or AuthenticationException)
        {
            return new DiscoveryDocument(WasAnswered: false, Text: null);
        }
    }

    public void Dispose() => http.Dispose();

    private static async Task<string?> ReadAsync(HttpContent content, CancellationToken cancel)
    {
        await using var stream = await content.ReadAsStreamAsync(cancel);
        var buffer = new byte[LargestDocument + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        return length > LargestDocument ? null : Encoding.UTF8.GetString(buffer, 0, length);
    }
}
