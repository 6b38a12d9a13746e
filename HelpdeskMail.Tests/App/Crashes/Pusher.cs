using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HelpdeskMail.Bench;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.App.Crashes;

/// <summary>Hands mails to a running portal one after the other, each until it is answered that it is stored, and asks the portal to fetch meanwhile.</summary>
internal sealed partial class Pusher(string token, IReadOnlyList<LoadMail> mails, Action<string> say) : IDisposable
{
    private CancellationTokenSource stop = new();
    private Task driving = Task.CompletedTask;
    private int next;
    private Uri? address;

    public bool IsDone => next == mails.Count;

    /// <summary>From now on with this process, from the first mail that nobody has answered for.</summary>
    public Victim Drive(Victim portal)
    {
        stop.Dispose();
        stop = new CancellationTokenSource();
        driving = DriveAsync(portal, stop.Token);
        return portal;
    }

    public async Task EndAsync()
    {
        await stop.CancelAsync();
        await driving;
    }

    public void Dispose() => stop.Dispose();

    /// <summary>The attachments of these mails through the API, byte for byte.</summary>
    public async Task ReadBackAsync(Victim portal, ExecutableDesk desk, IEnumerable<LoadMail> wanted)
    {
        address = await AddressAsync(portal); // all may have been done before it listened
        using var api = Api();
        foreach (var mail in wanted)
        {
            await using var db = desk.Db();
            var message = await db.TicketMessages.AsNoTracking().SingleAsync(row => row.MessageId == mail.MessageId);
            var bytes = await api.GetByteArrayAsync(new Uri($"messages/{message.Id}/attachments/0", UriKind.Relative));
            Assert.Equal(SHA256.HashData(Accounts.Attachment(mail)!), SHA256.HashData(bytes));
            Assert.Equal(mail.Raw, await api.GetByteArrayAsync(new Uri($"messages/{message.Id}/raw", UriKind.Relative)));
        }
    }

    /// <summary>Where a portal listens, once it does.</summary>
    public static async Task<Uri> AddressAsync(Victim portal) => await portal.AliveUntilAsync(() => Task.FromResult(Listening().IsMatch(portal.Error)))
        ? new Uri(Listening().Match(portal.Error).Groups["url"].Value)
        : throw new IOException($"It ended before it listened: {portal.Error}");

    private HttpClient Api()
    {
        var client = new HttpClient { BaseAddress = new Uri(address!, "/api/v1/"), Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token.Trim());
        return client;
    }

    private async Task DriveAsync(Victim portal, CancellationToken cancel)
    {
        try
        {
            address = await AddressAsync(portal);
            using var api = Api();
            var mailboxes = await api.GetFromJsonAsync<JsonObject>("mailboxes", cancel);
            var fetching = FetchAsync(api, new Uri($"mailboxes/{mailboxes!["items"]![0]!["id"]}/fetch", UriKind.Relative), cancel);
            while (next < mails.Count)
            {
                using var body = new ByteArrayContent(mails[next].Raw);
                body.Headers.ContentType = new("message/rfc822");
                using var answer = await api.PostAsync(new Uri("inbound?mailbox=support", UriKind.Relative), body, cancel);
                if (answer.StatusCode == HttpStatusCode.Accepted) next++;
            }
            await fetching;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException or SocketException) // the last, bare, where it dies while we connect
        {
            // Killed, or told to end: the mail that was under way is handed over again next time.
            say($"pushing ended after {next}: {e.Message}");
        }
    }

    private async Task FetchAsync(HttpClient api, Uri url, CancellationToken cancel)
    {
        using var answer = await api.PostAsync(url, null, cancel);
        say($"fetch: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancel)}");
    }

    [GeneratedRegex(@"Now listening on: (?<url>http://\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
