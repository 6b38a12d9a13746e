using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HelpdeskMail.App.Composition;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Tickets;
using Xunit;

namespace HelpdeskMail.Tests.App.Jobs;

public sealed class PushTests(MailRig rig) : IClassFixture<MailRig>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [RigFact]
    public async Task DeliveredMail_IsATicketLongBeforeTheInterval_AgainAndAgain()
    {
        var user = rig.NewUser();
        await using var portal = await StartAsync(user);
        await WaitForPushAsync(portal, PushState.Waiting);

        for (var i = 1; i <= 3; i++)
        {
            await DeliverAsync(user, $"Mail {i}");
            await TicketAsync(portal, $"Mail {i}");
        }

        await Eventually.TrueAsync(async () => (await MailboxAsync(portal)).Status is { State: MailboxState.Ok, Push: PushState.Waiting }, Soon, "the last fetch is over");
        Assert.True((await MailboxAsync(portal)).Status.CertificateExpiresAt > DateTime.UtcNow);
        await rig.WaitForMailAsync(user, mail => mail.Header("Subject") == "Mail 3", "Archive");
    }

    [RigFact]
    public async Task PasswordChanged_WatcherFollows_AndAWrongOneIsTriedOnce()
    {
        var user = rig.NewUser();
        await using var portal = await StartAsync(user);
        await WaitForPushAsync(portal, PushState.Waiting);

        await SaveAsync(portal, draft => draft.Password = "not this one");
        await Eventually.TrueAsync(async () => (await MailboxAsync(portal)).Status is { Push: PushState.Reconnecting, PushRetryAt: not null }, Soon, "the watcher rests");
        await DeliverAsync(user, "Behind a wrong password");
        var wrong = (await MailboxAsync(portal)).Status;
        Assert.Equal((1, MailboxErrorKind.AuthenticationFailed), (wrong.ErrorStreak, wrong.ErrorKind));

        await SaveAsync(portal, draft => draft.Password = user.Password);
        await TicketAsync(portal, "Behind a wrong password");
        await WaitForPushAsync(portal, PushState.Waiting);
    }

    [RigFact]
    public async Task SwitchedOff_NobodyWaits_SwitchedOn_TheMailOfMeanwhileComes()
    {
        var user = rig.NewUser();
        await using var portal = await StartAsync(user);
        await WaitForPushAsync(portal, PushState.Waiting);

        await SaveAsync(portal, draft => draft.Push = false);
        await WaitForPushAsync(portal, PushState.None);
        Assert.Null((await MailboxAsync(portal)).Status.WatchOwner);
        await DeliverAsync(user, "Meanwhile");

        await SaveAsync(portal, draft => draft.Push = true);
        await TicketAsync(portal, "Meanwhile");
    }

    [RigFact]
    public async Task TwoNodes_OneWatches_TheOtherTakesOverWhenItStops()
    {
        var user = rig.NewUser();
        await using var database = await TestDatabase.EmptyAsync(DatabaseProvider.Sqlite);
        await using var keys = await RunningPortal.StartAsync();
        (string, string)[] settings = [("Jobs:Enabled", "true"), ("ConnectionStrings:Helpdesk", database.Options.ConnectionString), ("Data:Directory", keys.Get<HelpdeskSettings>().DataDirectory)];
        await using var second = await RunningPortal.StartAsync(settings);
        await using (var first = await StartAsync(user, settings))
        {
            await WaitForPushAsync(second, PushState.Waiting);
            await DeliverAsync(user, "One");
            await TicketAsync(second, "One");
            await first.StopAsync();
        }
        await DeliverAsync(user, "Two");
        await TicketAsync(second, "Two", TimeSpan.FromSeconds(60));
    }

    [RigFact]
    public async Task JobsDisabled_NobodyWaits_AndTheApiSaysSo()
    {
        await using var portal = await StartAsync(rig.NewUser(), ("Jobs:Enabled", "false"));
        using var api = await portal.ApiAsync();
        Assert.Equal("none", (string?)(await api.GetFromJsonAsync<JsonObject>("mailboxes/1"))!["status"]!["push"]!["state"]);
    }

    [RigFact]
    public async Task Stopping_TakesSeconds()
    {
        await using var portal = await StartAsync(rig.NewUser());
        await WaitForPushAsync(portal, PushState.Waiting);
        var started = TimeProvider.System.GetTimestamp();

        await portal.StopAsync();

        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(10));
        await portal.StartAgainAsync();
        await WaitForPushAsync(portal, PushState.Waiting);
    }

    private async Task<RunningPortal> StartAsync(RigUser user, params (string, string)[] settings)
    {
        var portal = await RunningPortal.StartAsync([("Jobs:Enabled", "true"), .. settings]);
        await portal.ConfigureAsync(ConfigurationOf.Rig(rig, user));
        await SaveAsync(portal, draft => draft.IntervalMinutes = 1440);
        return portal;
    }

    private static async Task SaveAsync(RunningPortal portal, Action<MailboxDraft> change)
    {
        var draft = (await portal.Get<MailboxDirectory>().DraftAsync((await MailboxAsync(portal)).Id))!;
        change(draft);
        Assert.True((await portal.Get<MailboxEditor>().SaveAsync(draft)).Ok);
    }

    private Task DeliverAsync(RigUser user, string subject) => rig.DeliverLmtpAsync(user, $"""
        From: alice@customer.test
        To: {user.Address}
        Subject: {subject}
        Message-ID: <{Guid.NewGuid():N}@customer.test>

        Hello.
        """);

    private static async Task<MailboxRow> MailboxAsync(RunningPortal portal) => Assert.Single(await portal.Get<MailboxDirectory>().ListAsync());

    private static Task WaitForPushAsync(RunningPortal portal, PushState state) =>
        Eventually.TrueAsync(async () => (await MailboxAsync(portal)).Status.PushAt(DateTime.UtcNow) == state, Soon, $"push is {state}");

    private static Task TicketAsync(RunningPortal portal, string subject, TimeSpan? deadline = null) => Eventually.TrueAsync(
        async () => (await portal.Get<TicketQueries>().ListAsync(new TicketFilter())).Items.Any(ticket => ticket.Subject == subject), deadline ?? Soon, $"\"{subject}\" is a ticket");
}
