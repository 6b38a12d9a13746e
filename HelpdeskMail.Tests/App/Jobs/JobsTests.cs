using HelpdeskMail.App.Jobs;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Mailboxes;
using Xunit;

namespace HelpdeskMail.Tests.App.Jobs;

public sealed class JobsTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly Actor Ann = new("1", "Ann");

    [Theory, OnSqlite, OnPostgres]
    public async Task Mailbox_SavedChangedAndSwitchedOff_HasItsJobAccordingly(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.EmptyAsync(provider);
        await using var portal = await StartAsync(database);
        var jobs = portal.Get<JobsMonitor>();
        Assert.Empty(await MailboxJobsAsync(jobs));

        await portal.ConfigureAsync(ConfigurationOf.DeadMailbox(intervalMinutes: 7));
        await Eventually.TrueAsync(async () => await MailboxJobsAsync(jobs) is [{ Name: "support", Every.TotalMinutes: 7 }], Soon, "the mailbox has a job");

        await portal.ConfigureAsync(ConfigurationOf.DeadMailbox(intervalMinutes: 20));
        await Eventually.TrueAsync(async () => await MailboxJobsAsync(jobs) is [{ Every.TotalMinutes: 20 }], Soon, "the job has the new interval");

        var draft = await portal.Get<MailboxDirectory>().DraftAsync((await MailboxJobsAsync(jobs))[0].MailboxId!.Value);
        draft!.Validity = Validity.Invalid;
        Assert.True((await portal.Get<MailboxEditor>().SaveAsync(draft)).Ok);
        await Eventually.TrueAsync(async () => await MailboxJobsAsync(jobs) is [], Soon, "the job is gone");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task MailboxJob_ServerRefuses_HistoryTellsTheError(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.EmptyAsync(provider);
        await using var portal = await StartAsync(database);
        await portal.ConfigureAsync(ConfigurationOf.DeadMailbox());
        var jobs = portal.Get<JobsMonitor>();

        await Eventually.TrueAsync(async () => (await jobs.HistoryAsync()).Items.Any(run => run.Kind == JobKind.FetchMailbox), Soon, "a new mailbox is fetched by itself");

        var run = (await jobs.HistoryAsync()).Items.First(run => run.Kind == JobKind.FetchMailbox);
        Assert.Equal((JobResult.Failed, "support", false), (run.Result, run.Name, run.Manual));
        Assert.Contains("127.0.0.1", run.Text, StringComparison.Ordinal);
        Assert.Equal(JobResult.Failed, (await MailboxJobsAsync(jobs))[0].Last?.Result);
    }

    [Fact]
    public async Task PausedJob_StaysPausedOverARestart_AndRunsByHand()
    {
        await using var database = await TestDatabase.EmptyAsync(DatabaseProvider.Sqlite);
        await using var portal = await StartAsync(database);
        await portal.ConfigureAsync(ConfigurationOf.DeadMailbox());
        await Eventually.TrueAsync(async () => await MailboxJobsAsync(portal.Get<JobsMonitor>()) is [{ Last: not null, Running: null }], Soon, "the first fetch is over");
        var id = (await MailboxJobsAsync(portal.Get<JobsMonitor>()))[0].Id;

        Assert.True(await portal.Get<JobsMonitor>().PauseAsync(id, Ann));
        await portal.StartAgainAsync();
        await portal.Get<JobSchedule>().ReconcileAsync(CancellationToken.None);

        var jobs = portal.Get<JobsMonitor>();
        var row = Assert.Single(await MailboxJobsAsync(jobs));
        Assert.Equal((true, "Ann", null), (row.Paused, row.PausedBy, row.NextRunAt));

        Assert.True(await jobs.RunAsync(id));
        await Eventually.TrueAsync(async () => (await jobs.HistoryAsync(id)).Items.Any(run => run.Manual), Soon, "the paused job ran by hand");
        Assert.True((await MailboxJobsAsync(jobs))[0].Paused);

        Assert.True(await jobs.ResumeAsync(id));
        await Eventually.TrueAsync(async () => await MailboxJobsAsync(jobs) is [{ Paused: false, NextRunAt: not null }], Soon, "the job is due again");
    }

    [Fact]
    public async Task JobsDisabled_MailboxIsNotFetchedByItself_ButTheHouseWorks()
    {
        await using var portal = await RunningPortal.StartAsync(("Jobs:Enabled", "false"));
        await portal.ConfigureAsync(ConfigurationOf.DeadMailbox());
        var jobs = portal.Get<JobsMonitor>();

        await portal.Get<JobSchedule>().ReconcileAsync(CancellationToken.None);

        Assert.Empty(await MailboxJobsAsync(jobs));
        Assert.Equal([JobKind.SendOutbox, JobKind.ProcessStoredMail, JobKind.IndexMessages, JobKind.PurgeCommunicationLog], (await jobs.ListAsync()).Select(row => row.Kind));
    }

    [Fact]
    public async Task UnknownJob_IsNotThere()
    {
        await using var portal = await RunningPortal.StartAsync();
        var jobs = portal.Get<JobsMonitor>();
        foreach (var id in new[] { "", "fetch/4711", "elsewhere/1", "system" })
        {
            Assert.False(await jobs.RunAsync(id));
            Assert.False(await jobs.PauseAsync(id, Ann));
            Assert.False(await jobs.ResumeAsync(id));
            Assert.Empty((await jobs.HistoryAsync(id)).Items);
        }
    }

    [Fact]
    public void SqlServerScript_HasEveryTable_AndNothingLeftToFillIn()
    {
        var statements = QuartzSchema.SqlServerStatements();
        Assert.Contains(statements, statement => statement.Contains("CREATE TABLE QRTZ_TRIGGERS", StringComparison.Ordinal));
        Assert.Contains(statements, statement => statement.Contains("CREATE TABLE QRTZ_EXECUTION_HISTORY", StringComparison.Ordinal));
        Assert.All(statements, statement => Assert.DoesNotContain("{", statement, StringComparison.Ordinal));
    }

    private static Task<RunningPortal> StartAsync(TestDatabase database) => RunningPortal.StartAsync(
        ("Jobs:Enabled", "true"), ("Database:Provider", database.Options.Provider.ToString()), ("ConnectionStrings:Helpdesk", database.Options.ConnectionString));

    private static async Task<IReadOnlyList<JobRow>> MailboxJobsAsync(JobsMonitor jobs) => [.. (await jobs.ListAsync()).Where(row => row.Kind == JobKind.FetchMailbox)];
}
