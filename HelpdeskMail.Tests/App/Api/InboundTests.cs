using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using HelpdeskMail.Core.Access;
using Xunit;

namespace HelpdeskMail.Tests.App.Api;

/// <summary>Mail pushed in by HTTP, and everything that the API does with a ticket.</summary>
public sealed class InboundTests
{
    private const string Mail = """
        From: Alice <alice@customer.test>
        To: support@helpdesk.test
        Subject: The lift is stuck
        Message-ID: <lift@customer.test>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/plain

        Please help.
        --b
        Content-Type: text/html; name="a.html"
        Content-Disposition: attachment; filename="évil.html"
        Content-Transfer-Encoding: 8bit

        <script>alert(1)</script>
        --b--
        """;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Inbound_RawMail_IsStoredAndBecomesTicket()
    {
        await using var portal = await StartAsync();
        using var api = await portal.ApiAsync();
        using var answer = await PostAsync(api, "inbound?mailbox=support", Mail);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.True((long)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["id"]! > 0);

        var ticket = await TicketAsync(api);

        Assert.Equal(("The lift is stuck", "alice@customer.test", "Support"), ((string?)ticket["subject"], (string?)ticket["customer"]!["address"], (string?)ticket["queue"]));
        var message = (await api.GetFromJsonAsync<JsonObject>($"tickets/{ticket["id"]}/messages"))!["items"]![0]!;
        Assert.Equal(Normalised(Mail), Normalised(await api.GetStringAsync(new Uri($"messages/{message["id"]}/raw", UriKind.Relative))));
    }

    [Theory]
    [InlineData("inbound?mailbox=nowhere", "Subject: x\n\nx", HttpStatusCode.UnprocessableEntity)]
    [InlineData("inbound", "", HttpStatusCode.UnprocessableEntity)]
    [InlineData("explain", "", HttpStatusCode.UnprocessableEntity)]
    public async Task Inbound_WhatCanNotBeTaken_IsRefused(string url, string mail, HttpStatusCode status)
    {
        await using var portal = await StartAsync();
        using var api = await portal.ApiAsync();
        await Assert422.IsProblemAsync(await PostAsync(api, url, mail), status);
    }

    [Fact]
    public async Task Inbound_LargerThanAllowed_Is413()
    {
        await using var portal = await RunningPortal.StartAsync(("Mail:MaxMessageBytes", "2048"));
        using var api = await portal.ApiAsync();
        await Assert422.IsProblemAsync(await PostAsync(api, "inbound", "Subject: x\n\n" + new string('x', 4000)), HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Explain_RawMail_TellsDecisionAndWritesNothing()
    {
        await using var portal = await StartAsync();
        using var api = await portal.ApiAsync();
        using var answer = await PostAsync(api, "explain?mailbox=support", Mail);
        var explanation = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal(("createTicket", "Support"), ((string?)explanation["decision"]!["kind"], (string?)explanation["decision"]!["queue"]));
        Assert.All(explanation["steps"]!.AsArray(), step => Assert.NotEmpty((string?)step!["verdict"] ?? ""));
        Assert.Equal(0, (int)(await api.GetFromJsonAsync<JsonObject>("tickets"))!["total"]!);
    }

    [Fact]
    public async Task Attachment_IsNeverRunByABrowser()
    {
        await using var portal = await StartAsync();
        using var api = await portal.ApiAsync();
        using (await PostAsync(api, "inbound?mailbox=support", Mail))
        {
            var ticket = await TicketAsync(api);
            var message = (await api.GetFromJsonAsync<JsonObject>($"tickets/{ticket["id"]}/messages"))!["items"]![0]!;
            var index = (int)message["attachments"]![0]!["index"]!;
            using var file = await api.GetAsync(new Uri($"messages/{message["id"]}/attachments/{index}", UriKind.Relative));
            Assert.Contains("alert(1)", await file.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal("attachment", file.Content.Headers.ContentDisposition?.DispositionType);
            Assert.Equal("évil.html", file.Content.Headers.ContentDisposition?.FileNameStar);
            Assert.Equal("nosniff", Assert.Single(file.Headers.GetValues("X-Content-Type-Options")));
            Assert.Contains("sandbox", Assert.Single(file.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Ticket_Patched_ChangesWhatWasSentAndNothingElse()
    {
        await using var portal = await StartAsync();
        Assert.Equal(0, (await portal.RunAsync(["user", "add", "bob@helpdesk.test", "--role", "Agent", "--name", "Bob"], "correct horse\n")).Code);
        using var administrator = await portal.ApiAsync();
        using (await PostAsync(administrator, "inbound?mailbox=support", Mail)) await TicketAsync(administrator);
        using var api = await portal.ApiAsync(Roles.Agent);
        var ticket = await TicketAsync(api);

        using var patched = await api.PatchAsJsonAsync($"tickets/{ticket["id"]}", new { state = "pending", owner = "bob@helpdesk.test", tags = new[] { "lift" } });
        var now = (await patched.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal(("pending", "normal", "Bob", "Support"), ((string?)now["state"], (string?)now["priority"], (string?)now["owner"], (string?)now["queue"]));
        Assert.Equal("lift", (string?)now["tags"]![0]);

        using var ownerless = await api.PatchAsync(new Uri($"tickets/{ticket["id"]}", UriKind.Relative), new StringContent("""{ "owner": null }""", Encoding.UTF8, "application/json"));
        now = (await ownerless.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal(("pending", null), ((string?)now["state"], (string?)now["owner"]));

        var errors = await Assert422.OfAsync(await api.PatchAsJsonAsync($"tickets/{ticket["id"]}", new { queue = "Nowhere", owner = "nobody" }));
        Assert.Equal(["owner", "queue"], errors.Keys.Order());
    }

    [Fact]
    public async Task Tickets_FollowedByCursor_EachComesOnce()
    {
        await using var portal = await StartAsync();
        using var api = await portal.ApiAsync();
        for (var number = 0; number < 5; number++)
        {
            using var answer = await PostAsync(api, "inbound?mailbox=support", Mail.Replace("lift", $"lift{number}", StringComparison.Ordinal));
        }

        await Eventually.TrueAsync(async () => (int)(await api.GetFromJsonAsync<JsonObject>("tickets"))!["total"]! == 5, Soon, "five tickets");
        var seen = new List<long>();
        for (var page = 1; page <= 3; page++) await CheckPageAsync(page);
        string? url = "tickets?pageSize=2";
        while (url is not null)
        {
            var part = (await api.GetFromJsonAsync<JsonObject>(url))!;
            seen.AddRange(part["items"]!.AsArray().Select(item => (long)item!["id"]!));
            url = part["next"] is { } next ? $"tickets?cursor={next}" : null;
        }

        Assert.Equal(5, seen.Distinct().Count());
        Assert.Equal(5, seen.Count);

        async Task CheckPageAsync(int page)
        {
            var part = (await api.GetFromJsonAsync<JsonObject>($"tickets?pageSize=2&page={page}"))!;
            Assert.Equal((page < 3 ? 2 : 1, page == 3), (part["items"]!.AsArray().Count, part["next"] is null));
        }
    }

    private static async Task<RunningPortal> StartAsync()
    {
        var portal = await RunningPortal.StartAsync();
        await portal.ConfigureAsync(ConfigurationOf.DeadMailbox());
        return portal;
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient api, string url, string mail)
    {
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n")));
        body.Headers.ContentType = new("message/rfc822");
        return await api.PostAsync(new Uri(url, UriKind.Relative), body);
    }

    private static async Task<JsonObject> TicketAsync(HttpClient api)
    {
        JsonArray? items = null;
        await Eventually.TrueAsync(async () => (items = (await api.GetFromJsonAsync<JsonObject>("tickets"))!["items"]!.AsArray()).Count > 0, Soon, "a ticket");
        return items![0]!.AsObject();
    }

    private static string Normalised(string text) => text.ReplaceLineEndings("\n").TrimEnd();
}
