using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Mailboxes.Health;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HelpdeskMail.Tests.Core.Fetching;

public sealed class MailboxReportTests
{
    private readonly ScriptedFolder folder = new();

    [Theory, OnSqlite, OnPostgres]
    public async Task FailuresInARow_AreOneEntryOfTheJournal_EndedByTheRecovery(DatabaseProvider provider)
    {
        await using var desk = await DeskAsync(provider);
        await FetchAsync(desk);
        await FailAsync(desk, "first words");
        desk.Helpdesk.Clock.Advance(TimeSpan.FromMinutes(10));
        await FailAsync(desk, "last words");
        desk.Helpdesk.Clock.Advance(TimeSpan.FromMinutes(10));

        var open = Assert.Single(await desk.Get<MailboxHealthQueries>().TroublesAsync(desk.SupportMailbox));
        Assert.Equal((2, MailboxErrorKind.ConnectionLost, "last words", null), (open.Count, open.Kind, open.Server, open.EndedAt));
        Assert.True(open.LastAt - open.FirstAt >= TimeSpan.FromMinutes(10));
        Assert.NotEmpty(open.Advice);

        await FetchAsync(desk);
        await FetchAsync(desk);
        Assert.True(Assert.Single(await desk.Get<MailboxHealthQueries>().TroublesAsync(desk.SupportMailbox)).EndedAt >= open.LastAt.AddMinutes(10));

        await FailAsync(desk, "again");
        Assert.Equal([(1, "again"), (2, "last words")], (await desk.Get<MailboxHealthQueries>().TroublesAsync(desk.SupportMailbox)).Select(trouble => (trouble.Count, trouble.Server)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Latency_CountsWhatCameSinceTheLastGoodFetch_ByHour(DatabaseProvider provider)
    {
        await using var desk = await DeskAsync(provider);
        var clock = desk.Helpdesk.Clock;
        Put("there before the first fetch", clock.GetUtcNow().AddDays(-3));
        await FetchAsync(desk);

        clock.Advance(TimeSpan.FromHours(2));
        Put("a minute old", clock.GetUtcNow().AddMinutes(-1));
        Put("moved here by somebody", clock.GetUtcNow().AddDays(-30));
        await FetchAsync(desk);
        clock.Advance(TimeSpan.FromHours(1));
        for (var i = 0; i < 3; i++) Put($"just now {i}", clock.GetUtcNow().AddSeconds(-2));
        await FetchAsync(desk);

        var health = await desk.Get<MailboxHealthQueries>().GetAsync(desk.SupportMailbox);
        Assert.Equal(4, health.Day.Mails);
        Assert.InRange(health.Day.Latency!.Median.TotalSeconds, 1.4, 6);
        Assert.InRange(health.Day.Latency.P95.TotalSeconds, 45, 95);
        Assert.Equal(health.Day, health.Week);
        var hours = health.Hours.Select(hour => hour.Figures).Where(hour => hour.Fetches > 0);
        Assert.Equal([(1, 0, 0), (1, 0, 1), (1, 0, 3)], hours.Select(hour => (hour.Fetches, hour.Failures, hour.Mails)));

        clock.Advance(TimeSpan.FromDays(2));
        health = await desk.Get<MailboxHealthQueries>().GetAsync(desk.SupportMailbox);
        Assert.Equal((0, null, 4), (health.Day.Mails, health.Day.Latency, health.Week.Mails));
    }

    [Fact]
    public async Task MailWithoutAServersDate_CountsByItsTopmostReceived()
    {
        await using var desk = await DeskAsync();
        await FetchAsync(desk);
        var received = desk.Helpdesk.Clock.GetUtcNow().AddSeconds(-40);
        folder.Put($"Received: from a by b; {received:ddd, dd MMM yyyy HH:mm:ss} +0000\nReceived: from x by a; Mon, 02 Mar 2020 10:00:00 +0000\nFrom: a@b.example\nSubject: x\n\nx");
        await FetchAsync(desk);

        var health = await desk.Get<MailboxHealthQueries>().GetAsync(desk.SupportMailbox);
        Assert.InRange(health.Day.Latency!.Median.TotalSeconds, 30, 60);
    }

    [Fact]
    public async Task Certificate_IsTakenDown_AndWarnedOfThreeWeeksAhead()
    {
        await using var desk = await DeskAsync();
        var now = desk.Helpdesk.Clock.GetUtcNow().UtcDateTime;
        folder.CertificateExpiresAt = now.AddDays(30);
        await FetchAsync(desk);

        var status = (await desk.Get<MailboxDirectory>().GetAsync(desk.SupportMailbox))!.Status;
        Assert.Equal(folder.CertificateExpiresAt.Value, status.CertificateExpiresAt!.Value, TimeSpan.FromSeconds(1));
        Assert.Equal([false, true, true], new[] { 0, 10, 40 }.Select(days => CertificateWarning.IsDue(status, now.AddDays(days))));
    }

    private async Task<FlowDesk> DeskAsync(DatabaseProvider provider = DatabaseProvider.Sqlite) => await FlowDesk.StartAsync(provider, services => services.AddSingleton<MailSourceFor>(folder.Open));

    private void Put(string subject, DateTimeOffset received) => folder.Put($"From: a@b.example\nSubject: {subject}\n\nx", received.UtcDateTime);

    private async Task FailAsync(FlowDesk desk, string words)
    {
        folder.BeforeOpen = () => throw new MailSourceException(MailboxErrorKind.ConnectionLost, "The connection was lost.", words);
        Assert.NotNull((await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox))!.Error);
        folder.BeforeOpen = () => { };
    }

    private static async Task FetchAsync(FlowDesk desk) => Assert.Null((await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox))!.Error);
}
