using System.Globalization;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Keys;
using HelpdeskMail.Core.Mailboxes;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Fetching;

/// <summary>POP3 servers as they are, not as RFC 1939 has them: nothing is lost, nothing doubled, and the administrator is told.</summary>
public sealed class Pop3QuirkTests : IAsyncDisposable, IAsyncLifetime
{
    private readonly ScriptedMaildrop drop = new();

    public Task InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public ValueTask DisposeAsync() => drop.DisposeAsync();

    [Theory]
    [InlineData(AfterFetch.Delete, true)]
    [InlineData(AfterFetch.Delete, false)]
    [InlineData(AfterFetch.MarkRead, true)]
    [InlineData(AfterFetch.MarkRead, false)]
    public async Task ServerWithoutUidl_MailIsKnownByItsHeader(AfterFetch after, bool top)
    {
        (drop.Uidl, drop.Top) = (null, top);
        await using var desk = await DeskAsync(after);
        Put(1, 2, 3);

        Assert.Equal((3, 3), Counts(await FetchAsync(desk)));
        Assert.Contains("no lasting names", await WarningAsync(desk), StringComparison.Ordinal);
        Put(4);
        Assert.Equal((1, 1), Counts(await FetchAsync(desk)));
        Assert.Equal((0, 0), Counts(await FetchAsync(desk)));

        Assert.Equal(after == AfterFetch.Delete ? 0 : 4, drop.Count);
        Assert.Equal(4, await TicketsAsync(desk));
        if (top) Assert.Equal(4, drop.Retrieved);
    }

    [Theory]
    [InlineData(AfterFetch.Delete)]
    [InlineData(AfterFetch.MarkRead)]
    public async Task OneUidlForAllMessages_NoneIsTakenForAnother(AfterFetch after)
    {
        drop.Uidl = (_, _) => "the-same";
        await using var desk = await DeskAsync(after);
        Put(1, 2);
        Assert.Equal((2, 2), Counts(await FetchAsync(desk)));

        Put(3, 4, 5);
        Assert.Equal((3, 3), Counts(await FetchAsync(desk)));
        Put(6);
        await FetchAsync(desk);

        Assert.Equal(6, await TicketsAsync(desk));
        Assert.Equal(after == AfterFetch.Delete ? 0 : 6, drop.Count);
    }

    [Fact]
    public async Task UidlOfADeletedMessageGivenToANewOne_TheNewOneIsFetched()
    {
        drop.Uidl = (_, number) => $"{number}"; // as servers do that simply count; and all mails are of one size
        await using var desk = await DeskAsync(AfterFetch.Delete);
        Put(1, 2);
        await FetchAsync(desk);
        Put(3);
        await FetchAsync(desk);
        Put(4, 5);
        await FetchAsync(desk);

        Assert.Equal(5, await TicketsAsync(desk));
        Assert.Equal((0, 5), (drop.Count, drop.Retrieved));
        Assert.Contains("fetched and deleted", await WarningAsync(desk), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerThatOnlyCounts_NothingIsDeletedForAnother()
    {
        drop.Uidl = (_, number) => $"{number}";
        await using var desk = await DeskAsync(AfterFetch.Delete);
        Put([.. Enumerable.Range(1000, 700)]); // deleted in two goes: behind the first the names are those of others

        Assert.Equal(MailboxErrorKind.ProtocolFault, (await FetchAsync(desk)).Error!.Kind);
        Assert.Null((await FetchAsync(desk)).Error);

        Assert.Equal((700, 0), (await TicketsAsync(desk), drop.Count));
    }

    [Theory]
    [InlineData(AfterFetch.Delete)]
    [InlineData(AfterFetch.MarkRead)]
    public async Task OtherUidlsInEverySession_NothingIsDoubled_AndTheMailboxIsNotFetchedForEver(AfterFetch after)
    {
        drop.Uidl = (session, number) => string.Create(CultureInfo.InvariantCulture, $"{session}-{number}");
        await using var desk = await DeskAsync(after);
        Put(1, 2, 3);
        await FetchAsync(desk);
        await FetchAsync(desk); // where mail stays, this one finds out and knows it by its content
        var retrieved = drop.Retrieved;

        Put(4);
        await FetchAsync(desk);
        await FetchAsync(desk);

        Assert.Equal(4, await TicketsAsync(desk));
        Assert.Equal(retrieved + 1, drop.Retrieved);
        if (after == AfterFetch.MarkRead) Assert.Contains("new names in every session", await WarningAsync(desk), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerHangsUpOverOneMessage_TheOthersComeAndThatOneIsSetAside()
    {
        await using var desk = await DeskAsync(AfterFetch.Delete);
        Put(1, 2, 3);
        drop.Instead = line => line == "RETR 2" ? "" : null;

        var result = await FetchAsync(desk);

        Assert.Equal((3, 2, 1), (result.Found, result.Stored, result.Quarantined));
        Assert.Equal(2, await TicketsAsync(desk));
        Assert.Equal(1, drop.Count);
        await using var db = desk.Db();
        Assert.Equal(LedgerReason.Refused, (await db.Ledger.SingleAsync(entry => entry.State == LedgerState.Quarantined)).Reason);
    }

    [Fact]
    public async Task ServerRefusesForNow_MailWaitsAndComesNextTime()
    {
        await using var desk = await DeskAsync(AfterFetch.Delete);
        Put(1, 2, 3);
        drop.Instead = line => line.StartsWith("RETR", StringComparison.Ordinal) && line != "RETR 1" ? "-ERR [SYS/TEMP] the disk is being mended\r\n" : null;

        var result = await FetchAsync(desk);

        Assert.Equal((1, 0, MailboxErrorKind.ServerRefused), (result.Stored, result.Quarantined, result.Error!.Kind));
        Assert.Contains("being mended", result.Error.Server, StringComparison.Ordinal);
        drop.Instead = _ => null;
        Assert.Null((await FetchAsync(desk)).Error);
        Assert.Equal((3, 0), (await TicketsAsync(desk), drop.Count));
    }

    [Fact]
    public async Task DeletedButTheAnswerGotLost_IsNeitherDoubledNorLeftWaiting()
    {
        await using var desk = await DeskAsync(AfterFetch.Delete);
        Put(1, 2);
        drop.Instead = line => line == "QUIT" ? "" : null;
        Assert.Equal(MailboxErrorKind.ConnectionLost, (await FetchAsync(desk)).Error!.Kind);
        drop.Instead = _ => null;

        Assert.Null((await FetchAsync(desk)).Error);

        Assert.Equal((2, 0), (await TicketsAsync(desk), drop.Count));
        await using var db = desk.Db();
        Assert.Equal(2, await db.Ledger.CountAsync(entry => entry.State == LedgerState.Acknowledged));
    }

    [Fact]
    public async Task MaildropLockedByAnotherSession_IsSaidSoAndTriedAgain()
    {
        await using var desk = await DeskAsync(AfterFetch.Delete);
        Put(1);
        drop.Instead = line => line.StartsWith("PASS", StringComparison.Ordinal) ? "-ERR [IN-USE] maildrop already locked\r\n" : null;
        var error = (await FetchAsync(desk)).Error!;
        Assert.Equal(MailboxErrorKind.ServerRefused, error.Kind);
        Assert.Contains("in use", error.Text, StringComparison.Ordinal);
        drop.Instead = _ => null;

        Assert.Equal((1, 1), Counts(await FetchAsync(desk)));
    }

    [Fact]
    public async Task Reconcile_OtherUidlsInEverySession_GoesByTheNamesOfAFetch()
    {
        drop.Uidl = (session, number) => string.Create(CultureInfo.InvariantCulture, $"{session}-{number}");
        await using var desk = await DeskAsync(AfterFetch.MarkRead);
        Put(1, 2, 3);
        await FetchAsync(desk);

        var early = await ReconcileAsync(desk); // no fetch has found out yet
        Assert.Equal((3, 0, 3), (early.InFolder, early.Accounted, early.Unknown));
        Assert.Equal([(LedgerDifferenceKind.Renumbered, 3)], early.Differences.Select(difference => (difference.Kind, difference.Count)));

        await FetchAsync(desk);
        Put(4);
        var found = await ReconcileAsync(desk);
        Assert.Equal((4, 3, 1), (found.InFolder, found.Accounted, found.Unknown));
        Assert.Equal([(LedgerDifferenceKind.NewOnServer, 1)], found.Differences.Select(difference => (difference.Kind, difference.Count)));
        Assert.Contains("new names in every session", await WarningAsync(desk), StringComparison.Ordinal);

        Assert.Equal((1, 1), Counts(await FetchAsync(desk))); // the comparison changed nothing for it
        Assert.Empty((await ReconcileAsync(desk)).Differences);
        Assert.Equal(4, await TicketsAsync(desk));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reconcile_ServerWithoutGoodUidls_NamesWhatIsThereAndWhatIsGone(bool repeats)
    {
        drop.Uidl = repeats ? (_, _) => "the-same" : null;
        await using var desk = await DeskAsync(AfterFetch.MarkRead);
        Put(1, 2, 3);
        await FetchAsync(desk);
        Assert.Empty((await ReconcileAsync(desk)).Differences);

        drop.Remove(2);
        Put(4);
        var found = await ReconcileAsync(desk);

        Assert.Equal((3, 2, 1), (found.InFolder, found.Accounted, found.Unknown));
        Assert.Equal([(LedgerDifferenceKind.NewOnServer, 1), (LedgerDifferenceKind.MovedByPeople, 1)], found.Differences.Select(difference => (difference.Kind, difference.Count)).OrderBy(pair => pair.Kind));
    }

    [Fact]
    public async Task Reconcile_UidlOfADeletedMessageGivenToANewOne_IsNewMail()
    {
        drop.Uidl = (_, number) => $"{number}";
        await using var desk = await DeskAsync(AfterFetch.Delete);
        Put(1, 2);
        await FetchAsync(desk);
        Put(3);

        var found = await ReconcileAsync(desk);

        Assert.Equal([(LedgerDifferenceKind.NewOnServer, 1)], found.Differences.Select(difference => (difference.Kind, difference.Count)));
        Assert.Equal((1, 1), Counts(await FetchAsync(desk)));
        Assert.Empty((await ReconcileAsync(desk)).Differences);
        Assert.Equal(3, await TicketsAsync(desk));
    }

    private void Put(params int[] numbers)
    {
        foreach (var number in numbers) drop.Put($"From: ann@b.example\nSubject: mail {number}\nMessage-ID: <{number}@b.example>\n\nNumber {number}\n");
    }

    private static (int Found, int Stored) Counts(FetchResult result) => (result.Found, result.Stored);

    private static async Task<FetchResult> FetchAsync(FlowDesk desk) => (await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox))!;

    private static async Task<Reconciliation> ReconcileAsync(FlowDesk desk)
    {
        var result = (await desk.Get<Reconciler>().RunAsync(desk.SupportMailbox, new Actor(null, "Ada"), TimeSpan.Zero))!;
        Assert.Null(result.Error);
        return result.Found!;
    }

    private static async Task<int> TicketsAsync(FlowDesk desk)
    {
        await using var db = desk.Db();
        Assert.Equal(await db.TicketMessages.CountAsync(), await db.Tickets.CountAsync());
        return await db.Tickets.CountAsync();
    }

    /// <summary>Of all fetches.</summary>
    private static async Task<string> WarningAsync(FlowDesk desk)
    {
        await using var db = desk.Db();
        var entries = await db.Communications.Where(row => row.Kind == CommunicationKind.Connection).Select(row => row.Entries).ToListAsync();
        return string.Join(' ', entries.SelectMany(list => list).Where(entry => entry.Level == LogLevels.Warning).Select(entry => entry.Text));
    }

    private async Task<FlowDesk> DeskAsync(AfterFetch after)
    {
        var desk = await FlowDesk.StartAsync();
        await using var db = desk.Db();
        var mailbox = await db.Mailboxes.SingleAsync(row => row.Id == desk.SupportMailbox);
        (mailbox.Protocol, mailbox.Host, mailbox.Port, mailbox.Encryption, mailbox.AfterFetch) = (MailboxProtocol.Pop3, "127.0.0.1", drop.Port, Encryption.None, after);
        mailbox.ProtectedPassword = desk.Get<SecretProtector>().Protect("secret");
        await db.SaveChangesAsync();
        return desk;
    }
}
