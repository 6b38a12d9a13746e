using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Quarantine;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Tests.Core.Fetching;
using HelpdeskMail.Tests.Core.Notices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HelpdeskMail.Tests.Core.Quarantine;

/// <summary>Turning away mail that is on its server only (G4).</summary>
public sealed class HeldBackRefusalTests
{
    private static readonly Actor Ada = new(null, "Ada");
    private static readonly string Large = new('x', 3000);

    [Theory, OnSqlite, OnPostgres]
    public async Task Reject_TellsTheAuthorOfAMailThatWasNeverFetched_OnceHoweverOftenItIsClicked(DatabaseProvider provider)
    {
        var folder = new ScriptedFolder();
        await using var desk = await StartAsync(folder, provider);
        folder.Put($"From: Ann <ann@b.example>\nSubject: Photos\nMessage-ID: <big@b>\nReferences: <first@b>\n\n{Large}");
        folder.Put($"From: cron@b.example\nSubject: Dump\nAuto-Submitted: auto-generated\n\n{Large}");
        await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);
        var items = (await desk.Get<QuarantineQueries>().ListAsync(new())).Items.Select(row => row.Item).OrderBy(item => item.Id).ToList();
        Assert.Equal(["ann@b.example", "cron@b.example"], items.Select(item => item.Sender!));

        for (var click = 0; click < 2; click++)
        {
            var results = (await desk.Get<QuarantineActions>().ApplyAsync([.. items.Select(item => item.Id)], new QuarantineAction.Reject("Please send a link instead."), Ada)).Value!;
            Assert.All(results, result => Assert.Equal((null, false), (result.Fault, result.Open)));
        }

        var (row, mail) = Assert.Single(await desk.NoticesAsync());
        Assert.Equal(("ann@b.example", "big@b"), (row.Recipients[0].Address, mail.InReplyTo[0].Value));
        Assert.Equal(["first@b", "big@b"], mail.References.Select(id => id.Value));
        Assert.Contains("Please send a link instead.", mail.Text!, StringComparison.Ordinal);
        var told = await Task.WhenAll(items.Select(async item => (await desk.Get<QuarantineQueries>().GetAsync(item.Id))!.Item.History[^1]));
        Assert.Equal(("Ada", "Rejected it; the copy on the server was not touched. ann@b.example is told."), (told[0].Actor, told[0].Text));
        Assert.Contains("Nobody was told: a machine wrote it", told[1].Text, StringComparison.Ordinal);
        Assert.Equal(2, folder.Numbers.Count);
        await using var db = desk.Db();
        Assert.All(await db.Ledger.ToListAsync(), entry => Assert.Equal((LedgerState.Skipped, LedgerReason.RejectedByHand, "rejected by Ada"), (entry.State, entry.Reason, entry.Detail)));
        Assert.Empty(await db.HeldHeaders.ToListAsync());
        Assert.Null((await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox))!.Error);
        Assert.Equal(0, await desk.Get<QuarantineQueries>().CountAsync()); // it does not come back
    }

    [Fact]
    public async Task MailThatTheServerRefuses_IsNamedByItsHeader_AndCanBeRejected()
    {
        var folder = new ScriptedFolder { Refuse = number => number == 1 ? "NO it is broken" : null };
        await using var desk = await StartAsync(folder);
        folder.Put("From: ann@b.example\nSubject: Broken\nMessage-ID: <broken@b>\n\nhello");
        folder.Put("From: bob@b.example\nSubject: small\n\nhello");

        Assert.Null((await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox))!.Error);
        var item = Assert.Single((await desk.Get<QuarantineQueries>().ListAsync(new())).Items).Item;
        var result = Assert.Single((await desk.Get<QuarantineActions>().ApplyAsync([item.Id], new QuarantineAction.Reject(null), Ada)).Value!);

        Assert.Equal(("Refused", "ann@b.example", "Broken"), (item.Reason, item.Sender, item.Subject));
        Assert.Equal((null, false), (result.Fault, result.Open));
        Assert.Contains(await desk.NoticesAsync(), notice => notice.Row.Recipients[0].Address == "ann@b.example");
    }

    [Fact]
    public async Task MailWithoutAHeader_HasAnUnknownSender_FailsNoFetch_AndIsNotRejected()
    {
        var folder = new ScriptedFolder { Refuse = number => number <= 2 ? "NO it is broken" : null, GivesHeader = number => number switch { 1 => false, 2 => throw ScriptedFolder.Lost(), _ => true } };
        await using var desk = await StartAsync(folder);
        foreach (var subject in new[] { "hidden", "breaks the line", "fine" }) folder.Put($"From: ann@b.example\nSubject: {subject}\n\nhello");

        Assert.Null((await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox))!.Error);
        var items = (await desk.Get<QuarantineQueries>().ListAsync(new())).Items.Select(row => row.Item).ToList();
        var results = (await desk.Get<QuarantineActions>().ApplyAsync([.. items.Select(item => item.Id)], new QuarantineAction.Reject(null), Ada)).Value!;

        Assert.Equal([null, null], items.Select(item => item.Sender));
        Assert.All(results, result => Assert.Equal(("Its sender is unknown: the server did not give the mail's header.", true), (result.Fault, result.Open)));
        Assert.Empty(await desk.NoticesAsync("Re:"));
        Assert.Equal(2, await desk.Get<QuarantineQueries>().CountAsync());
    }

    [Fact]
    public async Task MailFetchedAfterAll_LeavesNoHeaderBehind()
    {
        var folder = new ScriptedFolder();
        await using var desk = await StartAsync(folder);
        folder.Put($"From: ann@b.example\nSubject: Photos\n\n{Large}");
        await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);
        await using var db = desk.Db();
        Assert.Equal(1, await db.HeldHeaders.CountAsync());

        var item = Assert.Single((await desk.Get<QuarantineQueries>().ListAsync(new())).Items).Item;
        await desk.Get<QuarantineActions>().ApplyAsync([item.Id], new QuarantineAction.Retry(1), Ada);

        Assert.Equal((0, 1), (await db.HeldHeaders.CountAsync(), await db.Tickets.CountAsync()));
    }

    private static async Task<FlowDesk> StartAsync(ScriptedFolder folder, DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var desk = await NoticeDesk.StartAsync(provider, services => services.AddSingleton<MailSourceFor>(folder.Open).AddSingleton(new MailOptions { MaxMessageBytes = 1500 }));
        await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox); // the first fetch
        // Only what is asked for by hand may go out.
        await desk.SetUpAsync(async db => (await db.Mailboxes.SingleAsync(box => box.Name == "support")).Notices = false);
        return desk;
    }
}
