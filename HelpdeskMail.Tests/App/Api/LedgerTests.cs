using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Mailboxes.Health;
using HelpdeskMail.Core.Quarantine;
using HelpdeskMail.Tests.Core;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.App.Api;

public sealed class LedgerTests
{
    [Fact]
    public async Task Ledger_CountsSearchesAndGoesOnByCursor()
    {
        await using var portal = await RunningPortal.StartAsync();
        var mailbox = await MailboxAsync(portal);
        await using (var db = await DbAsync(portal))
        {
            for (var i = 1; i <= 7; i++)
            {
                db.Ledger.Add(new LedgerEntry
                {
                    MailboxId = mailbox,
                    Identity = $"9:{i}",
                    Subject = $"mail {i}",
                    SeenAt = DateTime.UtcNow.AddMinutes(i - 60),
                    State = i switch { 1 => LedgerState.Seen, 2 => LedgerState.Skipped, 3 => LedgerState.Quarantined, _ => LedgerState.Acknowledged },
                    Reason = i switch { 2 => LedgerReason.FirstFetch, 3 => LedgerReason.TooLarge, _ => null },
                });
            }
            await db.SaveChangesAsync();
        }
        using var api = await portal.ApiAsync();

        var first = await GetAsync(api, $"mailboxes/{mailbox}/ledger?pageSize=3");
        var second = await GetAsync(api, $"mailboxes/{mailbox}/ledger?pageSize=3&cursor={first["next"]}");
        var acknowledged = await GetAsync(api, $"mailboxes/{mailbox}/ledger?state=acknowledged&pageSize=2");
        var rest = await GetAsync(api, $"mailboxes/{mailbox}/ledger?state=acknowledged&pageSize=2&cursor={acknowledged["next"]}");
        var found = await GetAsync(api, $"mailboxes/{mailbox}/ledger?q=mail%202");
        var byIdentity = await GetAsync(api, $"mailboxes/{mailbox}/ledger?q=9:5");

        Assert.Equal(["mail 7", "mail 6", "mail 5"], Subjects(first));
        Assert.Equal(["mail 4", "mail 3", "mail 2"], Subjects(second));
        Assert.Equal(["mail 7", "mail 6", "mail 5", "mail 4"], [.. Subjects(acknowledged), .. Subjects(rest)]);
        Assert.Null(rest["next"]);
        Assert.Equal((7, 4), ((int)first["total"]!, (int)acknowledged["total"]!));
        Assert.Equal(["mail 2"], Subjects(found));
        Assert.Equal(["mail 5"], Subjects(byIdentity));
        var summary = first["summary"]!;
        Assert.Equal((0, 6, 1, 1, 1, 7), ((int)summary["onServer"]!, (int)summary["accounted"]!, (int)summary["waiting"]!, (int)summary["quarantined"]!, (int)summary["skipped"]!, (int)summary["listed"]!));
        Assert.Equal(1, (int)summary["skippedBy"]!["firstFetch"]!);
        Assert.Null(summary["reconciled"]);
    }

    [Fact]
    public async Task Reconcile_OfAServerThatIsNotThere_IsA502WithItsWords()
    {
        await using var portal = await RunningPortal.StartAsync();
        var mailbox = await MailboxAsync(portal);
        using var api = await portal.ApiAsync();

        using var answer = await api.PostAsync(new Uri($"mailboxes/{mailbox}/reconcile", UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.NotNull(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]!["text"]);
    }

    [Fact]
    public async Task DatabaseWithoutWrites_IsTheMailboxesError_AndMakesThePortalDegraded()
    {
        await using var portal = await RunningPortal.StartAsync();
        var mailbox = await MailboxAsync(portal);
        using var api = await portal.ApiAsync();
        using var client = new HttpClient();
        portal.Get<StorageTroubles>().Failed(mailbox, new IOException("No space left on device"));

        var status = (await GetAsync(api, $"mailboxes/{mailbox}"))["status"]!;
        using var ready = await client.GetAsync(new Uri(portal.Url, "/healthz/ready"));
        var health = JsonNode.Parse(await ready.Content.ReadAsStringAsync())!;

        Assert.Equal(("error", "storage", "No space left on device"), ((string?)status["state"], (string?)status["error"]!["kind"], (string?)status["error"]!["server"]));
        Assert.Equal((HttpStatusCode.OK, "degraded", "degraded", "healthy"), (ready.StatusCode, (string?)health["status"], (string?)health["checks"]!["storage"], (string?)health["checks"]!["database"]));
    }

    [Fact]
    public async Task Quarantine_ListsAndSettles()
    {
        await using var portal = await RunningPortal.StartAsync();
        await MailboxAsync(portal);
        var stored = await portal.Get<MailIntake>().StoreAsync(Encoding.ASCII.GetBytes("From: a@b.example\r\nSubject: odd\r\n\r\nx"), MailSourceKind.Inbound, "support", notices: false);
        await using (var db = await DbAsync(portal))
        {
            await db.StoredMails.ExecuteUpdateAsync(set => set.SetProperty(mail => mail.State, StoredMailState.Quarantined));
            db.Quarantine.Add(new QuarantineItem { Reason = "ProcessingFailed", Sentence = "a bug", Subject = "odd", StoredMailId = stored.Value, Since = DateTime.UtcNow });
            await db.SaveChangesAsync();
        }
        using var api = await portal.ApiAsync();

        var list = await GetAsync(api, "quarantine");
        var id = (long)list["items"]![0]!["id"]!;
        using var unknown = await api.PostAsJsonAsync(new Uri($"quarantine/{id}/accept", UriKind.Relative), new { queue = "Nowhere" });
        using var accepted = await api.PostAsJsonAsync(new Uri($"quarantine/{id}/accept", UriKind.Relative), new { queue = "support" });
        using var gone = await api.PostAsync(new Uri("quarantine/4711/delete", UriKind.Relative), null);

        Assert.Equal((1, "odd"), ((int)list["total"]!, (string?)list["items"]![0]!["subject"]));
        Assert.Equal("processingFailed", (string?)list["items"]![0]!["reason"]);
        Assert.Equal(1, (int)list["reasons"]!["processingFailed"]!);
        Assert.Empty((await GetAsync(api, "quarantine?reason=tooLarge"))["items"]!.AsArray());
        Assert.Single((await GetAsync(api, "quarantine?state=settled&reason=processingFailed"))["items"]!.AsArray());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        var item = JsonNode.Parse(await accepted.Content.ReadAsStringAsync())!;
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        Assert.False((bool)item["open"]!);
        Assert.Equal("odd", (string?)(await GetAsync(api, $"tickets/{item["ticketId"]}"))["subject"]);
        Assert.Equal(0, (int)(await GetAsync(api, "quarantine"))["total"]!);
        Assert.Single((await GetAsync(api, "quarantine?state=settled"))["items"]!.AsArray());
    }

    private static List<string> Subjects(JsonNode list) => [.. list["items"]!.AsArray().Select(item => (string)item!["subject"]!)];

    private static async Task<JsonNode> GetAsync(HttpClient api, string url)
    {
        using var answer = await api.GetAsync(new Uri(url, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static Task<HelpdeskDb> DbAsync(RunningPortal portal) => portal.Get<IDbContextFactory<HelpdeskDb>>().CreateDbContextAsync();

    private static async Task<long> MailboxAsync(RunningPortal portal)
    {
        var departments = portal.Get<HelpdeskMail.Core.Departments.DepartmentEditor>();
        var department = SampleSetup.Saved(await departments.SaveDepartmentAsync(new() { Name = "Support" }));
        var queue = SampleSetup.Saved(await departments.SaveQueueAsync(new() { Name = "Support", DepartmentId = department }));
        return SampleSetup.Saved(await portal.Get<HelpdeskMail.Core.Mailboxes.MailboxEditor>().SaveAsync(new()
        {
            Name = "support",
            Address = "support@helpdesk.test",
            Host = "localhost",
            Port = 1,
            UserName = "support@helpdesk.test",
            Password = "x",
            QueueId = queue,
        }));
    }
}
