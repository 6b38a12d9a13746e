using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Tickets;

public sealed class MessageEndpointsTests
{
    private const string Mail = """
        From: Anna <anna@customer.test>
        To: support@helpdesk.test
        Subject: Picture
        Message-ID: <1@customer.test>
        MIME-Version: 1.0
        Content-Type: multipart/related; boundary=b

        --b
        Content-Type: text/html; charset=utf-8

        <p onclick="alert(1)">Hello</p><script>alert(2)</script><img src="cid:logo@x"><img src="https://evil.test/pixel.gif">
        --b
        Content-Type: image/png; name="logo.png"
        Content-ID: <logo@x>
        Content-Disposition: inline; filename="logo.png"
        Content-Transfer-Encoding: base64

        iVBORw0KGgo=
        --b
        Content-Type: image/svg+xml; name="x.svg"
        Content-ID: <svg@x>
        Content-Disposition: attachment; filename="x.svg"
        Content-Transfer-Encoding: 8bit

        <svg xmlns="http://www.w3.org/2000/svg" onload="alert(3)"/>
        --b--
        """;

    [Fact]
    public async Task What_strangers_wrote_reaches_the_browser_where_it_can_do_nothing()
    {
        await using var portal = await RunningPortal.StartAsync();
        var message = await ReceiveAsync(portal);
        await portal.RunAsync(["user", "add", "ann@helpdesk.test", "--role", "Agent"], "correct horse battery\n");
        using var browser = new Browser(portal.Url);
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync($"/messages/{message}/html")).Status); // to the login
        await browser.LogInAsync("ann@helpdesk.test", "correct horse battery");

        using var html = await browser.FetchAsync($"/messages/{message}/html");
        var body = await html.Content.ReadAsStringAsync();
        Assert.DoesNotContain("alert", body, StringComparison.Ordinal);
        Assert.Contains($"src=\"/messages/{message}/inline?cid=logo%40x\"", body, StringComparison.Ordinal);
        Assert.Contains("data-remote-src=\"https://evil.test/pixel.gif\"", body, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline';", Policy(html), StringComparison.Ordinal);
        Assert.DoesNotContain("allow-scripts", Policy(html), StringComparison.Ordinal);

        using var remote = await browser.FetchAsync($"/messages/{message}/html?remote=true");
        Assert.Contains("<img src=\"https://evil.test/pixel.gif\">", await remote.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("img-src 'self' data: https: http:;", Policy(remote), StringComparison.Ordinal);

        using var picture = await browser.FetchAsync($"/messages/{message}/inline?cid=logo%40x");
        Assert.Equal("image/png", picture.Content.Headers.ContentType?.MediaType);
        Assert.Contains("sandbox", Policy(picture), StringComparison.Ordinal);
        using var drawing = await browser.FetchAsync($"/messages/{message}/inline?cid=svg%40x");
        Assert.Equal(HttpStatusCode.NotFound, drawing.StatusCode);

        using var raw = await browser.FetchAsync($"/messages/{message}/raw");
        Assert.Equal("text/plain", raw.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", Assert.Single(raw.Headers.GetValues("X-Content-Type-Options")));
        using var file = await browser.FetchAsync($"/messages/{message}/attachments/1");
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("application/octet-stream", file.Content.Headers.ContentType?.MediaType);
    }

    private static string Policy(HttpResponseMessage answer) => Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));

    private static async Task<long> ReceiveAsync(RunningPortal portal)
    {
        await portal.ConfigureAsync(ConfigurationOf.DeadMailbox());
        using var api = await portal.ApiAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Mail.ReplaceLineEndings("\r\n")));
        content.Headers.ContentType = new("message/rfc822");
        using var answer = await api.PostAsync(new Uri("inbound?mailbox=support", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        JsonNode? ticket = null;
        await Eventually.TrueAsync(async () => (ticket = (await api.GetFromJsonAsync<JsonObject>("tickets"))!["items"]!.AsArray().FirstOrDefault()) is not null, TimeSpan.FromSeconds(60), "the mail is a ticket");
        return (long)(await api.GetFromJsonAsync<JsonObject>($"tickets/{ticket!["id"]}/messages"))!["items"]![0]!["id"]!;
    }
}
