using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.CommunicationLog;

public sealed class CommunicationTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Connection_IsInProgressThenFinishedWithItsEntries(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        var queries = helpdesk.Get<CommunicationQueries>();
        var open = await helpdesk.Get<CommunicationLogger>().StartAsync(CommunicationDirection.Incoming, "support", null, null);
        Assert.Equal(CommunicationStatus.Processing, (await queries.GetAsync(open.Id))!.Status);

        open.Add(LogLevels.Info, "connect", "Connected.", "* OK ready");
        open.Add(LogLevels.Warning, "alert", "Full.");
        await open.FinishAsync(CommunicationStatus.Successful, "done");

        var row = (await queries.GetAsync(open.Id))!;
        Assert.Equal((CommunicationStatus.Warning, LogLevels.Warning, "done", "* OK ready"), (row.Status, row.Level, row.Summary, row.Entries[0].Server));
        Assert.NotNull(row.Duration);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task List_FiltersByLevelTextAndTimeAndSums(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        await SeedAsync(helpdesk, ("a", CommunicationStatus.Successful, LogLevels.Info, 1), ("b", CommunicationStatus.Failed, LogLevels.Error, 2), ("c", CommunicationStatus.Warning, LogLevels.Warning, 3));
        var queries = helpdesk.Get<CommunicationQueries>();
        async Task<string> Accounts(CommunicationFilter filter) => string.Concat((await queries.ListAsync(filter)).Items.Select(row => row.Account));
        var now = helpdesk.Clock.GetUtcNow().UtcDateTime;

        Assert.Equal("abc", await Accounts(new CommunicationFilter()));
        Assert.Equal("bc", await Accounts(new CommunicationFilter { Level = LogLevels.Warning }));
        Assert.Equal("b", string.Concat((await queries.SearchAsync(new CommunicationFilter { Text = "SUMMARY B" })).Items.Select(row => row.Account)));
        Assert.Equal("a", await Accounts(new CommunicationFilter { From = now.AddHours(-36) }));
        Assert.Equal("cba", await Accounts(new CommunicationFilter { Sort = CommunicationSort.Account }));
        Assert.Equal(["a", "b", "c"], await queries.AccountsAsync());
        var summary = await queries.SummaryAsync(now.AddDays(-10), now);
        Assert.Equal((1, 1, 1, 0, 10d), (summary.Successful, summary.Warnings, summary.Failed, summary.InProgress, summary.AverageMilliseconds!.Value));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Purge_RemovesSuccessesAfterAWeekAndAllAfterAMonth(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        await SeedAsync(helpdesk, ("a", CommunicationStatus.Successful, LogLevels.Info, 6), ("b", CommunicationStatus.Successful, LogLevels.Info, 8), ("c", CommunicationStatus.Failed, LogLevels.Error, 8), ("d", CommunicationStatus.Failed, LogLevels.Error, 32));

        Assert.Equal(2, await helpdesk.Get<CommunicationPurge>().RunAsync());

        Assert.Equal(["a", "c"], await helpdesk.Get<CommunicationQueries>().AccountsAsync());
    }

    private static async Task SeedAsync(TestHelpdesk helpdesk, params (string Account, CommunicationStatus Status, LogLevels Level, int DaysAgo)[] rows)
    {
        await using var db = helpdesk.Db();
        db.AddRange(rows.Select(row => new Communication
        {
            Kind = CommunicationKind.Message,
            Account = row.Account,
            Status = row.Status,
            Level = row.Level,
            StartedAt = helpdesk.Clock.GetUtcNow().UtcDateTime.AddDays(-row.DaysAgo),
            Duration = 10,
            Summary = "summary " + row.Account,
        }));
        await db.SaveChangesAsync();
    }
}
