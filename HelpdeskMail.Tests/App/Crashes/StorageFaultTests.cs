using System.Net;
using System.Text.Json.Nodes;
using HelpdeskMail.Bench;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Mailboxes;
using Microsoft.Data.Sqlite;
using Xunit;

namespace HelpdeskMail.Tests.App.Crashes;

/// <summary>The real executable while nothing can be stored: fetching, the MTA's pipe and the HTTP gateway refuse and keep their word, and all goes on by itself.</summary>
[Collection(ExclusiveRigCollection.Name)]
public sealed class StorageFaultTests(MailRig rig)
{
    private static readonly byte[] Mail = "From: ann@b.example\r\nSubject: pushed\r\nMessage-ID: <pushed@b.example>\r\n\r\nhello\r\n"u8.ToArray();

    [SmallDiskFact]
    public async Task DiskFull_FetchSaysSo_DeliverEndsWith75_AndAllGoesOnWhenThereIsRoom()
    {
        var user = rig.NewUser();
        await using var desk = await ExecutableDesk.StartAsync(DatabaseProvider.Sqlite, RigConfiguration.Of(rig, user, MailboxProtocol.Imap, AfterFetch.Delete));
        await using var disk = await DiskAsync(desk, 24);
        var mails = LoadMails.Generate(1000, 5).ToList(); // more than there is room for
        foreach (var mail in mails) rig.Put(user, mail.Raw);

        var full = await desk.RunAsync(["fetch"]);

        Assert.Equal(1, full.Code);
        Assert.Equal("storage", (string?)JsonNode.Parse(full.Out)!["error"]!["kind"]);
        disk.Fill();
        Assert.Equal((75, ""), Of(await desk.RunAsync(["deliver", "--mailbox", "support"], [.. Mail, .. new byte[8 * 1024 * 1024]])));
        await using (var db = desk.Db())
        {
            // That a copy was deleted may be what there was no room to take down.
            var there = rig.Mails(user).Select(mail => mail.Header("Message-ID")!.Trim('<', '>')).Concat(db.TicketMessages.Select(message => message.MessageId!));
            Assert.Subset(there.ToHashSet(StringComparer.Ordinal), mails.Select(mail => mail.MessageId).ToHashSet(StringComparer.Ordinal));
        }

        disk.Free();
        await disk.GrowAsync(400);
        Assert.Equal(0, (await desk.RunAsync(["deliver", "--mailbox", "support"], Mail)).Code);
        var next = await desk.RunAsync(["fetch"]);
        Assert.True(next.Code == 0, next.Error);
        await using var after = desk.Db();
        Assert.Equal((mails.Count + 1, 0), (after.TicketMessages.Count(), rig.Mails(user).Count));
        Assert.DoesNotContain(await Accounts.FaultsAsync(after, [mails], mails.Count), fault => !fault.StartsWith("a stored mail that nobody sent", StringComparison.Ordinal) && !fault.EndsWith("tickets instead of 700", StringComparison.Ordinal));
    }

    [SmallDiskFact]
    public async Task DataDirectoryReadOnly_OneClearSentence_TheServerKeepsTheMail()
    {
        var user = rig.NewUser();
        await using var desk = await ExecutableDesk.StartAsync(DatabaseProvider.Sqlite, RigConfiguration.Of(rig, user, MailboxProtocol.Imap, AfterFetch.Delete));
        await using var disk = await DiskAsync(desk, 50);
        rig.Put(user, Mail);
        disk.ReadOnly(true);

        var fetch = await desk.RunAsync(["fetch"]);

        Assert.Equal((1, ""), Of(fetch));
        Assert.Single(fetch.Error.Trim().Split('\n'));
        Assert.Equal((75, ""), Of(await desk.RunAsync(["deliver", "--mailbox", "support"], Mail)));
        Assert.Single(rig.Mails(user));
        disk.ReadOnly(false);
        Assert.Equal(0, (await desk.RunAsync(["fetch"])).Code);
        Assert.Equal((1, 0), (Tickets(desk), rig.Mails(user).Count));
    }

    [RigTheory, OnPostgres]
    public async Task DatabaseRefusesOrIsAway_InboundAnswers503_DeliverEndsWith75(DatabaseProvider provider)
    {
        await using var desk = await ExecutableDesk.StartAsync(provider, ConfigurationOf.DeadMailbox());
        desk.Settings["ConnectionStrings:Helpdesk"] = desk.Database.ConnectionString; // a new connection each time
        var token = (await desk.ToolAsync("token", "create", "faults", "--role", "Administrator")).Trim();
        await using var portal = desk.Start("serve");
        using var api = new HttpClient { BaseAddress = new Uri(await Pusher.AddressAsync(portal), "/api/v1/"), Timeout = TimeSpan.FromSeconds(60) };
        api.DefaultRequestHeaders.Authorization = new("Bearer", token);
        await ExpectAsync(HttpStatusCode.Accepted, "1");

        foreach (var (refuse, accept) in new[] { ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off"), ("ALLOW_CONNECTIONS false", "ALLOW_CONNECTIONS true") })
        {
            await PostgresFixture.AlterDatabaseAsync(desk.Database.ConnectionString, refuse);
            await ExpectAsync(HttpStatusCode.ServiceUnavailable, "2");
            Assert.Equal((75, ""), Of(await desk.RunAsync(["deliver"], Mail)));
            await PostgresFixture.AlterDatabaseAsync(desk.Database.ConnectionString, accept);
            await ExpectAsync(HttpStatusCode.Accepted, accept);
        }

        Assert.Equal(0, (await desk.RunAsync(["deliver"], Mail)).Code);
        await Eventually.TrueAsync(() => Task.FromResult(Tickets(desk) == 4), TimeSpan.FromSeconds(60), "four tickets");
        Assert.Equal(0, await portal.StopAsync());

        async Task ExpectAsync(HttpStatusCode status, string name)
        {
            var answer = await PostAsync(api, name);
            Assert.True(answer == status, $"{answer} instead of {status}. The portal said: {portal.Error}");
        }
    }

    private static int Tickets(ExecutableDesk desk)
    {
        using var db = desk.Db();
        return db.Tickets.Count();
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient api, string name)
    {
        using var body = new ByteArrayContent(System.Text.Encoding.ASCII.GetBytes($"From: ann@b.example\r\nSubject: {name}\r\n\r\n{name}\r\n"));
        body.Headers.ContentType = new("message/rfc822");
        using var answer = await api.PostAsync(new Uri("inbound?mailbox=support", UriKind.Relative), body);
        return answer.StatusCode;
    }

    private static (int, string) Of(CommandResult result) => (result.Code, result.Out);

    /// <summary>The database's folder on a disk of its own.</summary>
    private static async Task<SmallDisk> DiskAsync(ExecutableDesk desk, int megabytes)
    {
        SqliteConnection.ClearAllPools();
        return await SmallDisk.OverAsync(Path.GetDirectoryName(new SqliteConnectionStringBuilder(desk.Database.ConnectionString).DataSource)!, megabytes);
    }
}
