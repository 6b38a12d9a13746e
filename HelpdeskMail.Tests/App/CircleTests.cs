using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace HelpdeskMail.Tests.App;

/// <summary>The whole circle with real servers, through the HTTP API, driven by the jobs alone.</summary>
public sealed class CircleTests(MailRig rig) : IClassFixture<MailRig>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [RigFact]
    public async Task Mail_BecomesTicket_AnswerReachesCustomer_AndItsAnswerComesBack()
    {
        var (support, alice) = (rig.NewUser(), rig.NewUser());
        await rig.DeliverLmtpAsync(support, $"""
            From: Alice Müller <{alice.Address}>
            To: {support.Address}
            Subject: The lift is stuck
            Message-ID: <first@customer.test>
            Content-Type: text/plain; charset=utf-8

            Please help.
            """, alice.Address);
        await using var portal = await RunningPortal.StartAsync(("Jobs:Enabled", "true"));
        using var api = await portal.ApiAsync();

        await portal.ConfigureAsync(ConfigurationOf.Rig(rig, support));

        var ticket = await WaitAsync(api, "tickets", 1);
        Assert.Equal(("The lift is stuck", "new", "Support", alice.Address), ((string?)ticket["subject"], (string?)ticket["state"], (string?)ticket["queue"], (string?)ticket["customer"]!["address"]));
        await rig.WaitForMailAsync(support, mail => mail.Header("Subject") == "The lift is stuck", "Archive");

        using var posted = await api.PostAsJsonAsync($"tickets/{ticket["id"]}/messages", new { text = "A technician is on the way.", attachments = new[] { new { name = "plan.txt", type = "text/plain", base64 = "cGxhbg==" } } });
        Assert.Equal(HttpStatusCode.Created, posted.StatusCode);
        var answer = await rig.WaitForMailAsync(alice, mail => mail.Text.Contains("A technician", StringComparison.Ordinal), deadline: Soon);
        Assert.Equal("<first@customer.test>", answer.Header("In-Reply-To"));

        await rig.DeliverLmtpAsync(support, $"""
            From: Alice Müller <{alice.Address}>
            To: {support.Address}
            Subject: AW: something else entirely
            Message-ID: <second@customer.test>
            In-Reply-To: {answer.Header("Message-ID")}

            Thank you!
            """, alice.Address);
        using (var fetched = await api.PostAsync(new Uri("mailboxes/1/fetch", UriKind.Relative), null)) Assert.Equal(HttpStatusCode.OK, fetched.StatusCode);

        await WaitAsync(api, $"tickets/{ticket["id"]}/messages", 3);
        var messages = (await api.GetFromJsonAsync<JsonObject>($"tickets/{ticket["id"]}/messages"))!["items"]!.AsArray();
        Assert.Equal(["inbound", "outbound", "inbound"], messages.Select(message => (string?)message!["direction"]));
        Assert.Equal("appendToTicket", (string?)messages[2]!["decision"]!["kind"]);
        await Eventually.TrueAsync(
            async () => (string?)(await api.GetFromJsonAsync<JsonObject>($"messages/{messages[1]!["id"]}"))!["delivery"]![0]!["state"] == "accepted", Soon, "the answer's delivery is known");

        using var file = await api.GetAsync(new Uri($"messages/{messages[1]!["id"]}/attachments/0", UriKind.Relative));
        Assert.Equal("plan", await file.Content.ReadAsStringAsync());
        var ledger = (await api.GetFromJsonAsync<JsonObject>("mailboxes/1/ledger"))!["summary"]!;
        Assert.Equal((2, 2, 0), ((int)ledger["onServer"]!, (int)ledger["accounted"]!, (int)ledger["waiting"]!));
    }

    [RigFact]
    public async Task WrongPassword_IsToldInPlainWords_EverywhereAlike()
    {
        var support = rig.NewUser();
        await using var portal = await RunningPortal.StartAsync();
        using var api = await portal.ApiAsync();
        await portal.ConfigureAsync(ConfigurationOf.Rig(rig, support with { Password = "not this one" }));

        using var fetch = await api.PostAsync(new Uri("mailboxes/1/fetch", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.BadGateway, fetch.StatusCode);
        var problem = (await fetch.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal("authenticationFailed", (string?)problem["error"]!["kind"]);

        var status = (await api.GetFromJsonAsync<JsonObject>("mailboxes/1"))!["status"]!;
        Assert.Equal(("error", (string?)problem["error"]!["text"]), ((string?)status["state"], (string?)status["error"]!["text"]));
        Assert.NotEmpty((string?)status["error"]!["server"] ?? "");

        var command = await portal.RunAsync(["fetch", "--mailbox", "support"]);
        Assert.Equal(1, command.Code);
        Assert.Equal("authenticationFailed", (string?)JsonNode.Parse(command.Out)!["error"]!["kind"]);
        Assert.DoesNotContain("not this one", command.Out + command.Error, StringComparison.Ordinal);
    }

    private static async Task<JsonNode> WaitAsync(HttpClient api, string url, int count)
    {
        JsonArray? items = null;
        await Eventually.TrueAsync(async () => (items = (await api.GetFromJsonAsync<JsonObject>(url))!["items"]!.AsArray()).Count == count, Soon, $"{count} at {url}");
        return items![0]!;
    }
}
