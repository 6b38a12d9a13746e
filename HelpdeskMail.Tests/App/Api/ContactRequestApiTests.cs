using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Ingestion;
using Xunit;

namespace HelpdeskMail.Tests.App.Api;

public sealed class ContactRequestApiTests
{
    [Fact]
    public async Task Requests_AreListed_BecomeTickets_AreAppendedAndDismissed()
    {
        await using var portal = await RunningPortal.StartAsync();
        var mailbox = ConfigurationOf.DeadMailbox();
        mailbox["mailboxes"]![0]!["holdAsContactRequests"] = true;
        await portal.ConfigureAsync(mailbox);
        for (var i = 1; i <= 3; i++)
            await portal.Get<MailIntake>().StoreAsync(Encoding.UTF8.GetBytes($"From: Ann <ann{i}@b.example>\r\nSubject: {i}\r\nMessage-ID: <{i}@b>\r\n\r\nhello"), MailSourceKind.Inbound, "support", notices: true);
        await portal.Get<MailProcessor>().ProcessWaitingAsync();
        using var api = await portal.ApiAsync(Roles.Agent);

        var list = (await api.GetFromJsonAsync<JsonObject>("contact-requests?pageSize=2"))!;
        var rest = (await api.GetFromJsonAsync<JsonObject>($"contact-requests?cursor={list["next"]}"))!;
        Assert.Equal((3, 2, 1), ((int)list["total"]!, list["items"]!.AsArray().Count, rest["items"]!.AsArray().Count));
        var ids = list["items"]!.AsArray().Concat(rest["items"]!.AsArray()).Select(item => (long)item!["id"]!).Order().ToList();

        var made = await PostAsync(api, $"contact-requests/{ids[0]}/ticket", null);
        var twice = await PostAsync(api, $"contact-requests/{ids[0]}/ticket", new { queue = "support" });
        Assert.Equal(((string?)made["number"], "Support"), ((string?)twice["number"], (string?)made["queue"]));
        Assert.Equal(2, (int)(await PostAsync(api, $"contact-requests/{ids[1]}/append", new { ticket = (string?)made["number"] }))["messageCount"]!);
        Assert.Equal("dismissed", (string?)(await PostAsync(api, $"contact-requests/{ids[2]}/dismiss", new { reason = "spam" }))["state"]);
        Assert.Equal(0, (int)(await api.GetFromJsonAsync<JsonObject>("contact-requests"))!["total"]!);
        Assert.Equal(3, (int)(await api.GetFromJsonAsync<JsonObject>("contact-requests?state=all"))!["total"]!);

        Assert.Equal(HttpStatusCode.Conflict, (await api.PostAsJsonAsync($"contact-requests/{ids[0]}/dismiss", new { reason = "late" })).StatusCode);
        Assert.Equal(["reason"], (await Assert422.OfAsync(await api.PostAsJsonAsync($"contact-requests/{ids[2]}/dismiss", new { }))).Keys);
        Assert.Equal(["ticket"], (await Assert422.OfAsync(await api.PostAsJsonAsync($"contact-requests/{ids[2]}/append", new { ticket = "0" }))).Keys);
    }

    private static async Task<JsonObject> PostAsync(HttpClient api, string url, object? body)
    {
        using var answer = body is null ? await api.PostAsync(new Uri(url, UriKind.Relative), null) : await api.PostAsJsonAsync(url, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }
}
