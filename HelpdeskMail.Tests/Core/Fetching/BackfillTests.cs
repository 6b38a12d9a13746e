using HelpdeskMail.Core;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Mailboxes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HelpdeskMail.Tests.Core.Fetching;

public sealed class BackfillTests
{
    private static readonly DateOnly LongAgo = new(2020, 1, 1);

    [Theory, OnSqlite, OnPostgres]
    public async Task WhatTheFirstFetchLeftOut_IsShown_ThenTaken_Once(DatabaseProvider provider)
    {
        var folder = Folder(3);
        await using var desk = await DeskAsync(folder, provider);
        Assert.Equal((3, 3), await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox) is { } first ? (first.Found, first.Skipped) : default);

        var preview = (await desk.Get<Backfill>().LookAsync(desk.SupportMailbox, LongAgo)).Preview!;
        Assert.Equal((3, 3), (preview.Listed, preview.Taken));
        await using (var db = desk.Db()) Assert.Equal(3, await db.Ledger.CountAsync(entry => entry.State == LedgerState.Skipped));

        Assert.Equal(3, (await desk.Get<Backfill>().TakeAsync(desk.SupportMailbox, LongAgo))!.Taken);
        Assert.Equal(3, (await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox))!.Decided);
        Assert.Equal(0, (await desk.Get<Backfill>().TakeAsync(desk.SupportMailbox, LongAgo))!.Taken);
        await using var after = desk.Db();
        Assert.Equal(3, await after.Tickets.CountAsync());
        Assert.Equal(3, await after.Ledger.CountAsync());
        Assert.True(await after.Ledger.AllAsync(entry => entry.Backlog));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task MailBelowTheCursorWithoutARow_IsTakenToo_AndWhatIsNewerIsLeftToTheFetch(DatabaseProvider provider)
    {
        var folder = Folder(2);
        await using var desk = await DeskAsync(folder, provider, "all");
        await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);
        folder.PutBack(1, Mail(1)); // somebody took a mark of deletion back: its number is below the cursor
        await using (var db = desk.Db()) await db.Ledger.Where(entry => entry.Identity == "7:1").ExecuteDeleteAsync();
        folder.Put(Mail(3));

        Assert.Equal(1, (await desk.Get<Backfill>().TakeAsync(desk.SupportMailbox, LongAgo))!.Taken);
        await using var after = desk.Db();
        Assert.Equal(LedgerState.Seen, (await after.Ledger.SingleAsync(entry => entry.Identity == "7:1")).State);
    }

    [Fact]
    public async Task MailboxAtWork_IsNotTouched()
    {
        var folder = Folder(2);
        await using var desk = await DeskAsync(folder);
        BackfillResult? meanwhile = new(0, null);
        folder.BeforeOpen = () => meanwhile = desk.Get<Backfill>().TakeAsync(desk.SupportMailbox, LongAgo).GetAwaiter().GetResult();
        await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);
        Assert.Null(meanwhile);
    }

    [Fact]
    public async Task ServerAway_IsSaidInPlainWords_AndChangesNothing()
    {
        var folder = Folder(1);
        await using var desk = await DeskAsync(folder);
        await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);
        folder.BeforeOpen = () => throw ScriptedFolder.Lost();

        Assert.Equal(MailboxErrorKind.ConnectionLost, (await desk.Get<Backfill>().LookAsync(desk.SupportMailbox, LongAgo)).Error!.Kind);
        Assert.Contains("The connection was lost", (await desk.Get<Backfill>().TakeAsync(desk.SupportMailbox, LongAgo))!.Error!.Text, StringComparison.Ordinal);
        await using var db = desk.Db();
        Assert.Equal(LedgerState.Skipped, (await db.Ledger.SingleAsync()).State);
        Assert.Null((await db.MailboxStatuses.SingleAsync(status => status.MailboxId == desk.SupportMailbox)).LeaseOwner);
    }

    private static string Mail(int number) => $"From: alice@customer.test\nSubject: question {number}\nMessage-ID: <q{number}@customer.test>\n\nPlease help with {number}.\n";

    private static ScriptedFolder Folder(int mails)
    {
        var folder = new ScriptedFolder();
        for (var i = 1; i <= mails; i++) folder.Put(Mail(i));
        return folder;
    }

    private static async Task<FlowDesk> DeskAsync(ScriptedFolder folder, DatabaseProvider provider = DatabaseProvider.Sqlite, string firstFetch = "new")
    {
        var desk = await FlowDesk.StartAsync(provider, services => services.AddSingleton<MailSourceFor>(folder.Open));
        await desk.SetUpAsync(db => db.Mailboxes.Where(mailbox => mailbox.Id == desk.SupportMailbox).ExecuteUpdateAsync(set => set.SetProperty(mailbox => mailbox.FirstFetch, firstFetch)));
        return desk;
    }
}
