using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace HelpdeskMail.Tests.App.Api;

public sealed class MailboxLookTests(MailRig rig) : IClassFixture<MailRig>
{
    [RigFact]
    public async Task FoldersPreviewAndBackfill_TellAndBringWhatTheServerHas()
    {
        var user = rig.NewUser();
        for (var i = 1; i <= 3; i++) rig.Put(user, Encoding.UTF8.GetBytes($"From: Ann <ann@b.example>\r\nSubject: old {i}\r\nMessage-ID: <{i}@b>\r\n\r\nhello\r\n"));
        rig.Put(user, "Subject: bill\r\n\r\nx\r\n"u8.ToArray(), "Bills");
        await using var portal = await RunningPortal.StartAsync();
        var configuration = ConfigurationOf.Rig(rig, user);
        configuration["mailboxes"]![0]!["firstFetch"] = "new";
        await portal.ConfigureAsync(configuration);
        using var api = await portal.ApiAsync();
        var mailbox = (long)(await GetAsync(api, "mailboxes"))["items"]![0]!["id"]!;

        var folders = await GetAsync(api, $"mailboxes/{mailbox}/folders");
        var asConfigured = await GetAsync(api, $"mailboxes/{mailbox}/preview");
        var all = await GetAsync(api, $"mailboxes/{mailbox}/preview?firstFetch=all");
        Assert.Equal(("INBOX", 3), ((string?)folders["items"]![0]!["name"], (int)folders["items"]![0]!["messages"]!));
        Assert.Contains("Bills", folders["items"]!.AsArray().Select(folder => (string)folder!["name"]!));
        Assert.Equal((3, 0), ((int)asConfigured["listed"]!, (int)asConfigured["taken"]!));
        Assert.Equal((3, 3, "old 3", false), ((int)all["listed"]!, (int)all["taken"]!, (string?)all["items"]![0]!["subject"], (bool)all["notices"]!));

        await PostAsync(api, $"mailboxes/{mailbox}/fetch", null);
        Assert.Equal(0, (int)(await GetAsync(api, "tickets"))["total"]!);
        Assert.Equal(3, (int)(await GetAsync(api, $"mailboxes/{mailbox}/backfill?since=2020-01-01"))["taken"]!);
        Assert.Equal(0, (int)(await GetAsync(api, $"mailboxes/{mailbox}/backfill?since=2199-01-01"))["taken"]!);
        Assert.Equal(3, (int)(await PostAsync(api, $"mailboxes/{mailbox}/backfill", new { since = "2020-01-01" }))["taken"]!);
        Assert.Equal(3, (int)(await PostAsync(api, $"mailboxes/{mailbox}/fetch", null))["decided"]!);
        Assert.Equal(3, (int)(await GetAsync(api, "tickets"))["total"]!);
    }

    [Fact]
    public async Task ServerThatIsNotThere_IsA502WithItsWords_AndWhatIsMissingIsNamed()
    {
        await using var portal = await RunningPortal.StartAsync();
        await portal.ConfigureAsync(ConfigurationOf.DeadMailbox());
        using var api = await portal.ApiAsync();
        var mailbox = (long)(await GetAsync(api, "mailboxes"))["items"]![0]!["id"]!;

        foreach (var url in new[] { "folders", "preview", "backfill?since=2026-01-01" })
        {
            using var answer = await api.GetAsync(new Uri($"mailboxes/{mailbox}/{url}", UriKind.Relative));
            Assert.Equal((url, HttpStatusCode.BadGateway), (url, answer.StatusCode));
            Assert.NotNull(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]!["kind"]);
        }
        Assert.Equal(HttpStatusCode.BadGateway, (await api.PostAsJsonAsync($"mailboxes/{mailbox}/backfill", new { since = "2026-01-01" })).StatusCode);
        Assert.Equal(["firstFetch"], (await Assert422.OfAsync(await api.GetAsync($"mailboxes/{mailbox}/preview?firstFetch=some"))).Keys);
        Assert.Equal(["since"], (await Assert422.OfAsync(await api.GetAsync($"mailboxes/{mailbox}/backfill"))).Keys);
        Assert.Equal(["since"], (await Assert422.OfAsync(await api.GetAsync($"mailboxes/{mailbox}/backfill?since=yesterday"))).Keys);
        Assert.Equal(["since"], (await Assert422.OfAsync(await api.PostAsJsonAsync($"mailboxes/{mailbox}/backfill", new { since = "yesterday" }))).Keys);
    }

    private static async Task<JsonObject> GetAsync(HttpClient api, string url)
    {
        using var answer = await api.GetAsync(new Uri(url, UriKind.Relative));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private static async Task<JsonObject> PostAsync(HttpClient api, string url, object? body)
    {
        using var answer = body is null ? await api.PostAsync(new Uri(url, UriKind.Relative), null) : await api.PostAsJsonAsync(url, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }
}
