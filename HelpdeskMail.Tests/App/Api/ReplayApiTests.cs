using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Quarantine;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.App.Api;

public sealed class ReplayApiTests
{
    [Fact]
    public async Task Replay_ShowsWhatWouldDiffer_AndAppliesItOnce()
    {
        await using var portal = await RunningPortal.StartAsync();
        await portal.ConfigureAsync(ConfigurationOf.DeadMailbox());
        var ids = await StoreAsync(portal, "one", "two");
        await portal.Get<MailProcessor>().ProcessWaitingAsync();
        var configuration = ConfigurationOf.DeadMailbox();
        configuration["departments"]![0]!["queues"]!.AsArray().Add(new JsonObject { ["name"] = "Billing", ["color"] = "#e53935" });
        configuration["mailboxes"]![0]!["queue"] = "Billing";
        await portal.ConfigureAsync(configuration);
        using var api = await portal.ApiAsync();
        var mailbox = (long)(await api.GetFromJsonAsync<JsonObject>("mailboxes"))!["items"]![0]!["id"]!;

        var preview = await PostAsync(api, "replay/preview", new { mailbox, from = "2020-01-01T00:00:00Z" });
        var one = await PostAsync(api, "replay/preview", new { mails = new[] { ids[0] } });
        var applied = await PostAsync(api, "replay", new { mails = ids });
        var again = await PostAsync(api, "replay", new { mails = ids });

        Assert.Equal((2, 2, null), (preview["items"]!.AsArray().Count, (int)preview["examined"]!, (string?)preview["next"]));
        var first = preview["items"]![0]!;
        Assert.Equal(("Support", "Billing", "moveTicket"), ((string?)first["was"]!["queue"], (string?)first["would"]!["queue"], (string?)first["effect"]));
        Assert.Equal(1, (int)one["examined"]!);
        Assert.All(applied["items"]!.AsArray(), item => Assert.Equal("moveTicket", (string?)item!["effect"]));
        Assert.All(again["items"]!.AsArray(), item => Assert.Equal("none", (string?)item!["effect"]));
        Assert.All((await api.GetFromJsonAsync<JsonObject>("tickets"))!["items"]!.AsArray(), ticket => Assert.Equal("Billing", (string?)ticket!["queue"]));
        Assert.Equal(["mailbox"], (await Assert422.OfAsync(await api.PostAsJsonAsync("replay/preview", new { mailbox = 4711 }))).Keys);
        Assert.Equal(["cursor"], (await Assert422.OfAsync(await api.PostAsJsonAsync("replay/preview", new { cursor = "x" }))).Keys);
        Assert.Equal(["mails"], (await Assert422.OfAsync(await api.PostAsJsonAsync("replay", new { }))).Keys);
    }

    [Fact]
    public async Task Quarantine_ManyAtOnce_OneResultForEach()
    {
        await using var portal = await RunningPortal.StartAsync();
        await portal.ConfigureAsync(ConfigurationOf.DeadMailbox());
        var ids = await StoreAsync(portal, "one", "two", "three");
        await using (var db = await portal.Get<IDbContextFactory<HelpdeskDb>>().CreateDbContextAsync())
        {
            await db.StoredMails.ExecuteUpdateAsync(set => set.SetProperty(mail => mail.State, StoredMailState.Quarantined));
            foreach (var id in ids) db.Quarantine.Add(new QuarantineItem { Reason = "ProcessingFailed", Sentence = "a bug", StoredMailId = id, Since = DateTime.UtcNow });
            db.Quarantine.Add(new QuarantineItem { Reason = "TooLarge", Sentence = "too large", LedgerEntryId = 1, Since = DateTime.UtcNow });
            await db.SaveChangesAsync();
        }
        using var api = await portal.ApiAsync();

        var accepted = await PostAsync(api, "quarantine/accept", new { ids = new[] { 1, 2, 4, 99 }, queue = "support" });
        var deleted = await PostAsync(api, "quarantine/delete", new { ids = new[] { 3 } });
        var rejected = await PostAsync(api, "quarantine/reject", new { ids = new[] { 4 }, text = "no" });

        Assert.Equal([(1, false, true), (2, false, true), (4, true, false), (99, true, false)], accepted["items"]!.AsArray().Select(item => ((int)item!["id"]!, item["fault"] is not null, item["ticketId"] is not null)));
        Assert.Null(deleted["items"]![0]!["fault"]);
        Assert.Contains("sender is unknown", (string?)rejected["items"]![0]!["fault"], StringComparison.Ordinal);
        Assert.Equal(1, (int)(await api.GetFromJsonAsync<JsonObject>("quarantine"))!["total"]!);
        Assert.Equal(["queue"], (await Assert422.OfAsync(await api.PostAsJsonAsync("quarantine/accept", new { ids = new[] { 4 }, queue = "Nowhere" }))).Keys);
        Assert.Equal(["ids"], (await Assert422.OfAsync(await api.PostAsJsonAsync("quarantine/retry", new { maxMegabytes = 1 }))).Keys);
        Assert.Equal(["queue"], (await Assert422.OfAsync(await api.PostAsJsonAsync("quarantine/delete", new { ids = new[] { 4 }, queue = "Support" }))).Keys);
    }

    private static async Task<List<long>> StoreAsync(RunningPortal portal, params string[] subjects)
    {
        var ids = new List<long>();
        foreach (var subject in subjects)
            ids.Add((await portal.Get<MailIntake>().StoreAsync(Encoding.ASCII.GetBytes($"From: {subject}@b.example\r\nSubject: {subject}\r\nMessage-ID: <{subject}@b>\r\n\r\nx"), MailSourceKind.Inbound, "support", notices: false)).Value);
        return ids;
    }

    private static async Task<JsonObject> PostAsync(HttpClient api, string url, object body)
    {
        using var answer = await api.PostAsJsonAsync(url, body);
        Assert.Equal((HttpStatusCode.OK, url), (answer.StatusCode, answer.IsSuccessStatusCode ? url : await answer.Content.ReadAsStringAsync()));
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }
}
