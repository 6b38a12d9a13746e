using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Quarantine;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Tests.Core.Fetching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HelpdeskMail.Tests.Core.Quarantine;

public sealed class QuarantineActionsTests
{
    private const string Poison = "From: Ben <ben@customer.test>\nTo: support@helpdesk.test\nSubject: poison\nMessage-ID: <p@customer.test>\n\nHelp.";

    private static readonly Actor Ada = new(null, "Ada");

    [Theory, OnSqlite, OnPostgres]
    public async Task MailHeldBack_HasAnItem_AndIsTakenWhenSomebodyLetsItIn(DatabaseProvider provider)
    {
        var folder = new ScriptedFolder();
        await using var desk = await FlowDesk.StartAsync(provider, services => services.AddSingleton<MailSourceFor>(_ => folder.Open).AddSingleton(new MailOptions { MaxMessageBytes = 500 }));
        folder.Put("From: ann@customer.test\nSubject: huge\n\n" + new string('x', 2000));
        await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);
        var held = Assert.Single((await desk.Get<QuarantineQueries>().ListAsync(new())).Items).Item;
        Assert.Equal(("TooLarge", 1, (long?)null), (held.Reason, held.Attempts, held.StoredMailId));

        var again = Assert.Single((await desk.Get<QuarantineActions>().ApplyAsync([held.Id], new QuarantineAction.Retry(), Ada)).Value!);
        Assert.True(again.Open); // as large as before
        var item = (await desk.Get<QuarantineQueries>().GetAsync(held.Id))!.Item;
        Assert.Equal((2, "Ada"), (item.Attempts, item.History[1].Actor));

        var result = Assert.Single((await desk.Get<QuarantineActions>().ApplyAsync([held.Id], new QuarantineAction.Retry(1), Ada)).Value!);

        Assert.Equal((null, false), (result.Fault, result.Open));
        Assert.Equal("huge", (await desk.TicketAsync(result.TicketId)).Subject);
        Assert.Empty(folder.Numbers); // and acknowledged
        await using var db = desk.Db();
        Assert.Equal((LedgerState.Acknowledged, result.TicketId), await db.Ledger.Select(entry => new { entry.State, entry.TicketId }).SingleAsync() is var row ? (row.State, row.TicketId) : default);
        Assert.Equal(0, await desk.Get<QuarantineQueries>().CountAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Accept_MakesTheTicketInTheChosenQueue_OnceHoweverOftenItIsClicked(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        var id = await AsideAsync(desk);

        var first = Assert.Single((await desk.Get<QuarantineActions>().ApplyAsync([id], new QuarantineAction.Accept(desk.Sales), Ada)).Value!);
        var second = Assert.Single((await desk.Get<QuarantineActions>().ApplyAsync([id], new QuarantineAction.Accept(desk.Sales), Ada)).Value!);

        Assert.Equal((null, false), (first.Fault, first.Open));
        Assert.Equal(first.TicketId, second.TicketId);
        Assert.Equal(desk.Sales, (await desk.TicketAsync(first.TicketId)).QueueId);
        await using var db = desk.Db();
        Assert.Equal(1, await db.Tickets.CountAsync());
        Assert.Contains(await db.TicketEvents.ToListAsync(), line => line.ActorName == "Ada");
        Assert.Equal("Ada", (await desk.Get<QuarantineQueries>().GetAsync(id))!.Item.History[^1].Actor);
    }

    [Fact]
    public async Task Append_TakesTheTicketsNumber()
    {
        await using var desk = await FlowDesk.StartAsync();
        var other = await desk.TakeAsync("From: eve@customer.test\nSubject: other\n\nHi.");
        var id = await AsideAsync(desk);

        var unknown = await desk.Get<QuarantineActions>().ApplyAsync([id], new QuarantineAction.Append("999999"), Ada);
        var result = Assert.Single((await desk.Get<QuarantineActions>().ApplyAsync([id], new QuarantineAction.Append("[#100001]"), Ada)).Value!);

        Assert.Contains("ticket", unknown.Errors.Keys);
        Assert.Equal((null, other.TicketId), (result.Fault, result.TicketId));
        Assert.Equal(2, (await desk.TicketAsync(other.TicketId)).MessageCount);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Delete_TakesTheBytesAndLeavesTheLedgersRow(DatabaseProvider provider)
    {
        var folder = new ScriptedFolder();
        await using var desk = await FlowDesk.StartAsync(provider, services => services.AddSingleton<MailSourceFor>(_ => folder.Open).AddSingleton(new MailOptions { MaxMessageBytes = 500 }));
        folder.Put("From: ann@customer.test\nSubject: huge\n\n" + new string('x', 2000));
        await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);
        var stored = await AsideAsync(desk);
        var held = (await desk.Get<QuarantineQueries>().ListAsync(new())).Items.Single(row => row.Item.StoredMailId is null).Item.Id;

        var results = (await desk.Get<QuarantineActions>().ApplyAsync([held, stored], new QuarantineAction.Delete(), Ada)).Value!;

        Assert.All(results, result => Assert.Equal((null, false), (result.Fault, result.Open)));
        await using var db = desk.Db();
        Assert.Equal((LedgerState.Skipped, LedgerReason.DeletedByHand, "deleted by Ada"), await db.Ledger.SingleAsync() is var entry ? (entry.State, entry.Reason, entry.Detail) : default);
        Assert.Empty((await db.RawMails.SingleAsync()).Bytes);
        Assert.Single(folder.Numbers); // the server's copy is not ours to delete
        Assert.Equal(0, await desk.Get<QuarantineQueries>().CountAsync());
        Assert.Equal(2, (await desk.Get<QuarantineQueries>().ListAsync(new() { Open = false })).Items.Count);
    }

    [Fact]
    public async Task Retry_ThatFailsAgain_KeepsTheItemWithItsHistory_AndSucceedsWhenMended()
    {
        await using var desk = await FlowDesk.StartAsync();
        await SpoilAsync(desk);
        await desk.StoreAsync(Poison);
        await desk.Get<MailProcessor>().ProcessWaitingAsync();
        var item = Assert.Single((await desk.Get<QuarantineQueries>().ListAsync(new())).Items).Item;
        Assert.Equal(("ben@customer.test", "poison"), (item.Sender, item.Subject));

        var failed = Assert.Single((await desk.Get<QuarantineActions>().ApplyAsync([item.Id], new QuarantineAction.Retry(), Ada)).Value!);
        await using (var db = desk.Db()) await db.Database.ExecuteSqlRawAsync("DROP TRIGGER poison");
        var mended = Assert.Single((await desk.Get<QuarantineActions>().ApplyAsync([item.Id], new QuarantineAction.Retry(), Ada)).Value!);

        Assert.True(failed.Open);
        Assert.Contains("indigestible", failed.Text, StringComparison.Ordinal);
        Assert.Equal((false, 1L), (mended.Open, mended.TicketId));
        Assert.Equal(["HelpdeskMail", "Ada", "HelpdeskMail", "Ada", "HelpdeskMail"], (await desk.Get<QuarantineQueries>().GetAsync(item.Id))!.Item.History.Select(line => line.Actor));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Counts_AreByReason_MostFirst(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        await desk.SetUpAsync(db =>
        {
            foreach (var (reason, open) in new[] { ("TooLarge", true), ("NoQueue", true), ("TooLarge", true), ("Refused", false) }) db.Quarantine.Add(new QuarantineItem { Reason = reason, Open = open, Since = DateTime.UtcNow });
            return Task.CompletedTask;
        });

        Assert.Equal([new("TooLarge", 2), new("NoQueue", 1)], await desk.Get<QuarantineQueries>().CountsAsync());
        Assert.Equal([new("Refused", 1)], await desk.Get<QuarantineQueries>().CountsAsync(open: false));
    }

    private static async Task SpoilAsync(FlowDesk desk)
    {
        await using var db = desk.Db();
        await db.Database.ExecuteSqlRawAsync("CREATE TRIGGER poison BEFORE INSERT ON TicketMessages WHEN NEW.Subject = 'poison' BEGIN SELECT RAISE(ABORT, 'indigestible'); END");
    }

    /// <summary>A mail that was set aside, as processing leaves one that it can't digest.</summary>
    private static async Task<long> AsideAsync(FlowDesk desk)
    {
        var stored = await desk.StoreAsync(Poison);
        await using var db = desk.Db();
        await db.StoredMails.Where(mail => mail.Id == stored).ExecuteUpdateAsync(set => set.SetProperty(mail => mail.State, StoredMailState.Quarantined));
        var item = db.Quarantine.Add(new QuarantineItem { Reason = "ProcessingFailed", StoredMailId = stored, Since = DateTime.UtcNow, Attempts = 1 }).Entity;
        await db.SaveChangesAsync();
        return item.Id;
    }
}
