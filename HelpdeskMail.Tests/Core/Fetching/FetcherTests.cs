using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Quarantine;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HelpdeskMail.Tests.Core.Fetching;

public sealed class FetcherTests
{
    private readonly ScriptedFolder folder = new();

    [Theory, OnSqlite, OnPostgres]
    public async Task Fetch_StoresDecidesAndAcknowledgesEverything(DatabaseProvider provider)
    {
        await using var desk = await DeskAsync(provider);
        Fill(300);

        var result = await FetchAsync(desk);

        Assert.Equal((300, 300, 300, 0, 300, 0), Counts(result));
        Assert.Null(result.Error);
        Assert.Empty(folder.Numbers);
        await using var db = desk.Db();
        Assert.Equal(300, await db.Tickets.CountAsync());
        Assert.Equal(300, await db.Ledger.CountAsync(entry => entry.State == LedgerState.Acknowledged && entry.TicketId != null && entry.StoredAt != null && entry.DecidedAt != null && entry.AcknowledgedAt != null));
        Assert.Equal(MailboxState.Ok, (await StatusAsync(desk)).State);
        var connection = await db.Communications.SingleAsync(row => row.Kind == CommunicationKind.Connection);
        Assert.Equal(CommunicationStatus.Successful, connection.Status);
        Assert.Equal(300, await db.Communications.CountAsync(row => row.ConnectionId == connection.Id));
    }

    [Fact]
    public async Task SecondFetch_TakesOnlyWhatIsNew()
    {
        await using var desk = await DeskAsync();
        Fill(3);
        await FetchAsync(desk);
        folder.Put("From: a@b.example\nSubject: late\n\nlate");

        Assert.Equal((1, 1, 1, 0, 1, 0), Counts(await FetchAsync(desk)));
        Assert.Equal((0, 0, 0, 0, 0, 0), Counts(await FetchAsync(desk)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ConnectionLostInTheMiddle_KeepsWhatCameAndGoesOnNextTime(DatabaseProvider provider)
    {
        await using var desk = await DeskAsync(provider);
        Fill(10);
        folder.BeforeMessage = number =>
        {
            if (number == 6) throw ScriptedFolder.Lost();
        };

        var broken = await FetchAsync(desk);

        Assert.Equal((MailboxErrorKind.ConnectionLost, "reset by peer"), (broken.Error!.Kind, broken.Error.Server));
        Assert.Equal((10, 5, 5, 0, 0, 0), Counts(broken));
        folder.BeforeMessage = _ => { };
        folder.Downloaded.Clear();
        var next = await FetchAsync(desk);
        Assert.Equal((10, 5, 5, 0, 10, 0), Counts(next));
        Assert.Equal([6, 7, 8, 9, 10], folder.Downloaded);
        await using var db = desk.Db();
        Assert.Equal(10, await db.Tickets.CountAsync());
    }

    [Fact]
    public async Task AcknowledgeFails_NextFetchAcknowledgesWithoutDownload()
    {
        await using var desk = await DeskAsync();
        Fill(4);
        folder.BeforeAcknowledge = () => throw new MailSourceException(MailboxErrorKind.PermissionDenied, "No right to move.", "NO [NOPERM]");
        var broken = await FetchAsync(desk);
        Assert.Equal((4, 4, 4, 0, 0, 0), Counts(broken));
        folder.BeforeAcknowledge = () => { };
        folder.Downloaded.Clear();

        var next = await FetchAsync(desk);

        Assert.Equal((4, 0, 0, 0, 4, 0), Counts(next));
        Assert.Empty(folder.Downloaded);
        Assert.Empty(folder.Numbers);
    }

    [Fact]
    public async Task StoredButUndecided_IsDecidedAndAcknowledgedByTheNextFetch()
    {
        await using var desk = await DeskAsync();
        Fill(2);
        await FetchAsync(desk);
        await using (var db = desk.Db()) // as a worker leaves it that dies between the two commits
        {
            await db.Tickets.ExecuteDeleteAsync();
            await db.StoredMails.ExecuteUpdateAsync(set => set.SetProperty(mail => mail.State, StoredMailState.Stored).SetProperty(mail => mail.TicketId, (long?)null));
            await db.Ledger.ExecuteUpdateAsync(set => set.SetProperty(entry => entry.State, LedgerState.Stored));
        }

        Assert.Equal((2, 0, 2, 0, 2, 0), Counts(await FetchAsync(desk)));
        await using var after = desk.Db();
        Assert.Equal(2, await after.Tickets.CountAsync());
    }

    [Fact]
    public async Task UidValidityChanged_MailStillThereIsNotDoubled()
    {
        await using var desk = await DeskAsync();
        Fill(3);
        folder.BeforeAcknowledge = () => throw ScriptedFolder.Lost();
        await FetchAsync(desk);
        folder.BeforeAcknowledge = () => { };
        folder.Renumber();

        var result = await FetchAsync(desk);

        Assert.Equal((3, 3, 3, 0, 3, 0), Counts(result));
        await using var db = desk.Db();
        Assert.Equal(3, await db.Tickets.CountAsync());
        Assert.Equal(6, await db.Ledger.CountAsync(entry => entry.State == LedgerState.Acknowledged));
        Assert.Empty(folder.Numbers);
    }

    [Fact]
    public async Task OversizedRefusedAndVanishedMails_AreAccountedForAndStopNobody()
    {
        await using var desk = await DeskAsync(more: services => services.AddSingleton(new MailOptions { MaxMessageBytes = 1000 }));
        Fill(4);
        folder.Put("From: big@b.example\nSubject: big\n\n" + new string('x', 2000));
        folder.Refuse = number => number == 2 ? "can't render" : null;
        folder.BeforeMessage = number => folder.Remove(number == 3 ? 3 : 0);

        var result = await FetchAsync(desk);

        Assert.Equal((5, 2, 2, 2, 2, 1), Counts(result));
        await using var db = desk.Db();
        var ends = await db.Ledger.Where(entry => entry.State != LedgerState.Acknowledged).OrderBy(entry => entry.Id).Select(entry => new { entry.State, entry.Reason, entry.Detail }).ToListAsync();
        Assert.Equal([(LedgerState.Quarantined, "Refused", "can't render"), (LedgerState.Skipped, "Vanished", null), (LedgerState.Quarantined, "TooLarge", (string?)null)], ends.Select(entry => (entry.State, entry.Reason, entry.Detail)));
        Assert.Equal([2L, 5L], folder.Numbers);
        Assert.Equal((0, 0, 0, 0, 0, 0), Counts(await FetchAsync(desk)));
    }

    [Fact]
    public async Task HeldBackMails_AfterAChangeOfUidValidity_AreTheSameItemsInQuarantine_AndWhatWasDeletedStaysDeleted()
    {
        await using var desk = await DeskAsync(more: services => services.AddSingleton(new MailOptions { MaxMessageBytes = 1000 }));
        var day = DateTime.UtcNow.Date;
        foreach (var length in new[] { 2000, 3000, 3000 }) folder.Put("From: big@b.example\nSubject: big\n\n" + new string('x', length), day);
        await FetchAsync(desk);
        var items = await ItemsAsync();
        Assert.Equal(3, items.Count);
        await desk.Get<QuarantineActions>().ApplyAsync([items[0].Id], new QuarantineAction.Delete(), Actor.System);

        folder.Renumber();
        folder.Put("From: big@b.example\nSubject: another\n\n" + new string('x', 4000), day);
        var result = await FetchAsync(desk);

        Assert.Equal((1, 0, 0, 1, 0, 0), Counts(result));
        Assert.Equal([.. items.Select(item => item.Id).Skip(1), items[2].Id + 1], (await ItemsAsync()).Where(item => item.Open).Select(item => item.Id));
        await using var db = desk.Db();
        Assert.Equal(4, await db.Ledger.CountAsync());
        Assert.Equal((0, 0, 0, 0, 0, 0), Counts(await FetchAsync(desk)));

        async Task<List<QuarantineItem>> ItemsAsync()
        {
            await using var read = desk.Db();
            return await read.Quarantine.OrderBy(item => item.Id).ToListAsync();
        }
    }

    [Fact]
    public async Task TwoHeldBackMailsThatLookAlike_OneDeleted_AfterAChangeOfUidValidity_TheOtherStillWaits()
    {
        await using var desk = await DeskAsync(more: services => services.AddSingleton(new MailOptions { MaxMessageBytes = 1000 }));
        for (var copy = 0; copy < 2; copy++) folder.Put("From: big@b.example\nSubject: big\n\n" + new string('x', 3000), DateTime.UtcNow.Date);
        await FetchAsync(desk);
        await desk.Get<QuarantineActions>().ApplyAsync([1], new QuarantineAction.Delete(), Actor.System);

        folder.Remove(1);
        folder.Renumber();
        await FetchAsync(desk);

        await using var db = desk.Db();
        Assert.Equal(LedgerState.Quarantined, (await db.Ledger.SingleAsync(entry => entry.Identity == "8:100")).State);
    }

    [Theory]
    [InlineData("all", 5)]
    [InlineData("new", 0)]
    [InlineData("unread:2", 2)]
    public async Task FirstFetch_TakesWhatItsRuleSaysAndAccountsForTheRest(string rule, int taken)
    {
        await using var desk = await DeskAsync();
        await using (var db = desk.Db()) await db.Mailboxes.ExecuteUpdateAsync(set => set.SetProperty(mailbox => mailbox.FirstFetch, rule));
        Fill(5);

        var result = await FetchAsync(desk);

        Assert.Equal((5, taken, taken, 0, taken, 5 - taken), Counts(result));
        folder.Put("From: a@b.example\nSubject: later\n\nlater");
        Assert.Equal((1, 1, 1, 0, 1, 0), Counts(await FetchAsync(desk)));
    }

    [Fact]
    public async Task HeldLease_AnotherWorkerStandsBack()
    {
        await using var desk = await DeskAsync();
        await using var other = desk.Helpdesk.AnotherNode(services => services.AddSingleton<MailSourceFor>(folder.Open));
        FetchResult? meanwhile = null;
        folder.BeforeOpen = () =>
        {
            folder.BeforeOpen = () => { };
            meanwhile = other.GetRequiredService<Fetcher>().FetchAsync(desk.SupportMailbox).GetAwaiter().GetResult();
        };
        Fill(1);

        Assert.Equal(1, (await FetchAsync(desk)).Decided);
        Assert.Null(meanwhile);
    }

    [Fact]
    public async Task LeaseOfADeadWorker_IsTakenOver()
    {
        await using var desk = await DeskAsync();
        await using (var db = desk.Db())
        {
            await db.MailboxStatuses.ExecuteUpdateAsync(set => set.SetProperty(status => status.LeaseOwner, "elsewhere/1/1/x").SetProperty(status => status.LeaseUntil, DateTime.UtcNow.AddMinutes(1)));
        }
        Assert.Null(await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox));
        desk.Helpdesk.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.NotNull(await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox));
    }

    [Fact]
    public async Task WrongPassword_BacksOffForLongAndRecovers()
    {
        await using var desk = await DeskAsync();
        folder.BeforeOpen = () => throw new MailSourceException(MailboxErrorKind.AuthenticationFailed, "The server refused the password.", "NO [AUTHENTICATIONFAILED]");
        await FetchAsync(desk);
        await FetchAsync(desk);

        var status = await StatusAsync(desk);
        Assert.Equal((MailboxState.Error, 2, MailboxErrorKind.AuthenticationFailed, "NO [AUTHENTICATIONFAILED]"), (status.State, status.ErrorStreak, status.ErrorKind, status.ErrorServer));
        Assert.NotEmpty(status.ErrorAdvice!);
        Assert.True(status.NextAttemptAt > desk.Helpdesk.Clock.GetUtcNow().UtcDateTime.AddMinutes(20));
        Assert.Equal(new DueFetch(null, status.NextAttemptAt), await desk.Get<Fetcher>().FetchDueAsync(desk.SupportMailbox));
        var spared = await desk.Get<Fetcher>().FetchSparingAsync(desk.SupportMailbox, TimeSpan.Zero);
        Assert.Equal((MailboxErrorKind.AuthenticationFailed, "NO [AUTHENTICATIONFAILED]"), (spared!.Error!.Kind, spared.Error.Server));
        Assert.Contains("It was not tried again", spared.Error.Text, StringComparison.Ordinal);
        desk.Helpdesk.Clock.Advance(TimeSpan.FromHours(1));

        folder.BeforeOpen = () => { };
        Assert.Null((await desk.Get<Fetcher>().FetchDueAsync(desk.SupportMailbox)).Result!.Error);
        status = await StatusAsync(desk);
        Assert.Equal((MailboxState.Ok, 0, null, null), (status.State, status.ErrorStreak, status.ErrorText, status.NextAttemptAt));
        Assert.NotNull((await desk.Get<Fetcher>().FetchDueAsync(desk.SupportMailbox)).Result);
    }

    private async Task<FlowDesk> DeskAsync(DatabaseProvider provider = DatabaseProvider.Sqlite, Action<IServiceCollection>? more = null) => await FlowDesk.StartAsync(provider, services =>
    {
        services.AddSingleton<MailSourceFor>(folder.Open);
        more?.Invoke(services);
    });

    private void Fill(int count)
    {
        for (var i = 1; i <= count; i++) folder.Put($"From: user{i}@b.example\nSubject: mail {i}\nMessage-ID: <{i}@b>\n\nhello {i}");
    }

    private static async Task<FetchResult> FetchAsync(FlowDesk desk) => await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox) ?? throw new InvalidOperationException("Somebody else has the mailbox.");

    private static (int Found, int Stored, int Decided, int Quarantined, int Acknowledged, int Skipped) Counts(FetchResult result) =>
        (result.Found, result.Stored, result.Decided, result.Quarantined, result.Acknowledged, result.Skipped);

    private static async Task<MailboxStatus> StatusAsync(FlowDesk desk)
    {
        await using var db = desk.Db();
        return await db.MailboxStatuses.AsNoTracking().SingleAsync(status => status.MailboxId == desk.SupportMailbox);
    }
}
