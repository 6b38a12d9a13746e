using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Routing.Loops;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Routing;

public sealed class LoopGuardTests
{
    private static readonly Actor Admin = new(null, "Ada");

    [Theory, OnSqlite, OnPostgres]
    public async Task SenderBeyondTheLimit_IsSetAside_VisiblyAndUntilSomebodyLetsItIn(DatabaseProvider provider)
    {
        await using var desk = await StartAsync(provider);
        for (var i = 1; i <= 5; i++) await desk.StoreAsync(Mail(i));
        await desk.Get<MailProcessor>().ProcessWaitingAsync();

        await using (var db = desk.Db())
        {
            Assert.Equal(3, await db.Tickets.CountAsync());
            Assert.Equal([DecisionReason.LoopBlocked, DecisionReason.LoopBlocked], await db.StoredMails.Where(mail => mail.State == StoredMailState.Quarantined).Select(mail => mail.Reason).ToListAsync());
            var incident = await db.LoopIncidents.SingleAsync();
            Assert.Equal(("robot@machine.test", "support@helpdesk.test", 2), (incident.Sender, incident.Recipient, incident.Blocked));
        }
        Assert.Equal(DecisionKind.CreateTicket, (await desk.TakeAsync(Mail(6).Replace("robot@", "alice@", StringComparison.Ordinal))).Decision); // others write on
        Assert.Equal(DecisionKind.AppendToTicket, (await desk.TakeAsync(Mail(7, "In-Reply-To: <n1@machine.test>"))).Decision); // an answer creates nothing

        var loops = desk.Get<LoopDesk>();
        var released = await loops.ResumeAsync((await loops.ListAsync(true, 10)).Items[0].Incident.Id, release: true, Admin);

        Assert.Equal(2, released.Value);
        Assert.Equal(DecisionKind.CreateTicket, (await desk.TakeAsync(Mail(8))).Decision);
        await using var after = desk.Db();
        Assert.Equal((7, 0), (await after.Tickets.CountAsync(), await after.StoredMails.CountAsync(mail => mail.State == StoredMailState.Quarantined)));
    }

    [Fact]
    public async Task Backlog_WrittenOverDaysAndFetchedAtOnce_IsNoLoop()
    {
        await using var desk = await StartAsync();
        for (var i = 1; i <= 10; i++) await desk.StoreAsync(Mail(i, $"Date: {DateTime.UtcNow.AddDays(-i):ddd, dd MMM yyyy HH:mm:ss} +0000"));

        await desk.Get<MailProcessor>().ProcessWaitingAsync();

        await using var db = desk.Db();
        Assert.Equal(10, await db.Tickets.CountAsync());
    }

    [Theory]
    [InlineData("robot@machine.test")]
    [InlineData("@machine.test")]
    public async Task SenderOnTheAllowList_IsNeverStopped(string allowed)
    {
        await using var desk = await StartAsync();
        Assert.True((await desk.Get<SettingsStore>().SaveAsync(new Dictionary<string, string?> { ["mail.gateway.loop.allowed"] = allowed })).Ok);
        for (var i = 1; i <= 5; i++) await desk.StoreAsync(Mail(i));

        await desk.Get<MailProcessor>().ProcessWaitingAsync();

        await using var db = desk.Db();
        Assert.Equal(5, await db.Tickets.CountAsync());
    }

    [Fact]
    public async Task Purge_ForgetsWhatNoWindowReaches()
    {
        await using var desk = await StartAsync();
        await desk.TakeAsync(Mail(1, $"Date: {DateTime.UtcNow.AddDays(-40):ddd, dd MMM yyyy HH:mm:ss} +0000"));
        await desk.TakeAsync(Mail(2));

        Assert.Equal(1, await desk.Get<LoopDesk>().PurgeAsync());
    }

    private static string Mail(int number, string header = "X-Number: 1") =>
        $"From: Robot <robot@machine.test>\nTo: support@helpdesk.test\nSubject: Alarm {number}\nMessage-ID: <n{number}@machine.test>\n{header}\n\nsomething is wrong";

    private static async Task<FlowDesk> StartAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var desk = await FlowDesk.StartAsync(provider);
        Assert.True((await desk.Get<SettingsStore>().SaveAsync(new Dictionary<string, string?> { ["mail.gateway.loop.threshold"] = "3" })).Ok);
        return desk;
    }
}
