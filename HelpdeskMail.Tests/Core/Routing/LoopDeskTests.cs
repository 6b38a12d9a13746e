using System.Globalization;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Alerts;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Routing.Loops;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Routing;

public sealed class LoopDeskTests
{
    private static readonly Actor Ada = new("ada", "Ada");

    [Theory, OnSqlite, OnPostgres]
    public async Task StoppedSender_HasItsStory_AndAdministratorsAreToldOnce(DatabaseProvider provider)
    {
        await using var desk = await StoppedAsync(provider);
        var loops = desk.Get<LoopDesk>();

        var row = Assert.Single((await loops.ListAsync(true, 10)).Items);
        var story = (await loops.GetAsync(row.Incident.Id))!;

        Assert.Equal((LoopState.Stopped, "robot@machine.test", "support@helpdesk.test", "support"), (row.State, row.Incident.Sender, row.Incident.Recipient, row.Mailbox));
        Assert.Equal((3, 120, 2), (row.Incident.Records, row.Incident.Minutes, row.Incident.Blocked));
        Assert.Equal((2, 3, 2), (story.Waiting, story.Chart.Bars.Sum(bar => bar.Taken), story.Chart.Bars.Sum(bar => bar.Blocked)));
        Assert.Equal(["Alarm 5", "Alarm 4"], story.Newest.Select(item => item.Subject));
        Assert.InRange(story.EndsAt!.Value, DateTime.UtcNow.AddMinutes(110), DateTime.UtcNow.AddMinutes(121));
        Assert.Null(story.AllowedBy);
        var alert = Assert.Single(await desk.Get<AlertQueries>().ListAsync(null, true, null, 10));
        Assert.Equal((AlertKind.SenderStopped, "robot@machine.test", row.Incident.Id), (alert.Kind, alert.Subject, alert.AboutId));
        Assert.Equal(1, await loops.OpenAsync());
    }

    [Fact]
    public async Task Resuming_MayLeaveTheMailsInQuarantine_AndReleaseThemLater()
    {
        await using var desk = await StoppedAsync();
        var loops = desk.Get<LoopDesk>();
        var id = (await loops.ListAsync(true, 10)).Items[0].Incident.Id;

        var left = await loops.ResumeAsync(id, release: false, Ada);

        var story = (await loops.GetAsync(id))!;
        Assert.Equal((0, LoopState.Resumed, 2, (DateTime?)null, "Ada"), (left.Value, story.Row.State, story.Waiting, story.EndsAt, story.Row.Incident.ResumedBy));
        Assert.Equal(0, await loops.OpenAsync());
        Assert.Single((await loops.ListAsync(false, 10)).Items);
        Assert.Empty((await loops.ListAsync(true, 10)).Items);

        Assert.Equal(2, (await loops.ResumeAsync(id, release: true, Ada)).Value);
        var after = (await loops.GetAsync(id))!;
        Assert.Equal((0, 3, 2), (after.Waiting, after.Chart.Bars.Sum(bar => bar.Taken), after.Chart.Bars.Sum(bar => bar.Blocked))); // the story stays what it was
        await using var db = desk.Db();
        Assert.Equal(5, await db.Tickets.CountAsync());
    }

    [Theory]
    [InlineData(LoopAllow.Address, "robot@machine.test")]
    [InlineData(LoopAllow.Domain, "@machine.test")]
    public async Task AlwaysAllowing_KeepsWhatIsOnTheList_AndNeverStopsAgain(LoopAllow allow, string entry)
    {
        await using var desk = await StoppedAsync();
        Assert.True((await desk.Get<SettingsStore>().SaveAsync(new Dictionary<string, string?> { [Parameters.LoopAllowed.Key] = "boss@helpdesk.test" })).Ok);
        var loops = desk.Get<LoopDesk>();
        var id = (await loops.ListAsync(true, 10)).Items[0].Incident.Id;

        var released = await loops.ResumeAsync(id, release: true, Ada, allow);
        for (var i = 11; i <= 18; i++) await desk.TakeAsync(Mail(i));

        var story = (await loops.GetAsync(id))!;
        Assert.Equal((2, LoopState.Allowed, entry), (released.Value, story.Row.State, story.AllowedBy));
        Assert.Equal(["boss@helpdesk.test", entry], await desk.Get<SettingsStore>().GetAsync(Parameters.LoopAllowed));
        await using var db = desk.Db();
        Assert.Equal((13, 0), (await db.Tickets.CountAsync(), await db.StoredMails.CountAsync(mail => mail.State == StoredMailState.Quarantined)));
    }

    [Fact]
    public async Task SenderThatGoesOnAfterwards_IsANewStory()
    {
        await using var desk = await StoppedAsync();
        var loops = desk.Get<LoopDesk>();
        await loops.ResumeAsync((await loops.ListAsync(true, 10)).Items[0].Incident.Id, release: false, Ada);

        for (var i = 11; i <= 14; i++) await desk.TakeAsync(Mail(i));

        var part = await loops.ListAsync(null, 1);
        Assert.Equal((LoopState.Stopped, 1), (part.Items[0].State, part.Items[0].Incident.Blocked));
        Assert.Equal(LoopState.Resumed, Assert.Single((await loops.ListAsync(null, 1, part.Next)).Items).State);
        Assert.Equal(2, (await desk.Get<AlertQueries>().ListAsync(null, true, null, 10)).Count);
    }

    [Theory]
    [InlineData(60, 5)] // minutes, and the step that a chart of them has
    [InlineData(600, 15)]
    [InlineData(44_640, 1440)]
    public async Task Chart_HasAFewDozenBarsAtTheMost(int minutes, int most)
    {
        await using var desk = await StoppedAsync();
        await desk.SetUpAsync(db => db.LoopIncidents.ExecuteUpdateAsync(set => set.SetProperty(row => row.Minutes, minutes)));

        var chart = (await desk.Get<LoopDesk>().GetAsync((await desk.Get<LoopDesk>().ListAsync(true, 10)).Items[0].Incident.Id))!.Chart;

        Assert.InRange(chart.Bars.Count, 2, 50);
        Assert.InRange(chart.Step.TotalMinutes, 1, most);
        Assert.Equal(5, chart.Bars.Sum(bar => bar.Taken + bar.Blocked));
    }

    [Fact]
    public async Task UnknownIncident_IsSaid()
    {
        await using var desk = await StoppedAsync();
        Assert.Null(await desk.Get<LoopDesk>().GetAsync(4711));
        Assert.Equal(["id"], (await desk.Get<LoopDesk>().ResumeAsync(4711, false, Ada)).Errors.Keys);
    }

    private static string Mail(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"From: Robot <robot@machine.test>\nTo: support@helpdesk.test\nSubject: Alarm {number}\nMessage-ID: <n{number}@machine.test>\n\nsomething is wrong");

    /// <summary>Three mails are taken and two held back.</summary>
    private static async Task<FlowDesk> StoppedAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var desk = await FlowDesk.StartAsync(provider);
        Assert.True((await desk.Get<SettingsStore>().SaveAsync(new Dictionary<string, string?> { [Parameters.LoopThreshold.Key] = "3" })).Ok);
        for (var i = 1; i <= 5; i++) await desk.TakeAsync(Mail(i));
        return desk;
    }
}
