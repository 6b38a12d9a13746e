using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.App;

/// <summary>What senders are told, with real servers, driven by the jobs alone.</summary>
public sealed class NoticeCircleTests(MailRig rig) : IClassFixture<MailRig>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [RigFact]
    public async Task Strangers_AreWelcomedOrToldThatTheirMailIsTooLarge_AndMachinesAreNot()
    {
        var (support, alice, bob, robot) = (rig.NewUser(), rig.NewUser(), rig.NewUser(), rig.NewUser());
        await using var portal = await RunningPortal.StartAsync(("Jobs:Enabled", "true"), ("Mail:MaxMessageBytes", "20000"));
        using var api = await portal.ApiAsync();
        var configuration = ConfigurationOf.Rig(rig, support);
        configuration["mailboxes"]![0]!["notices"] = true;
        await portal.ConfigureAsync(configuration);
        await Eventually.TrueAsync(async () => (await api.GetFromJsonAsync<JsonObject>("mailboxes/1"))!["status"]!["lastSuccessAt"] is not null, Soon, "the first fetch is over");

        await rig.DeliverLmtpAsync(support, $"From: {robot.Address}\nTo: {support.Address}\nSubject: Out of office\nAuto-Submitted: auto-replied\nMessage-ID: <robot@customer.test>\n\naway", "");
        await rig.DeliverLmtpAsync(support, $"From: Alice <{alice.Address}>\nTo: {support.Address}\nSubject: Photos\nMessage-ID: <photos@customer.test>\n\n{string.Join('\n', Enumerable.Repeat(new string('x', 70), 400))}", alice.Address);
        await rig.DeliverLmtpAsync(support, $"From: Bob <{bob.Address}>\nTo: {support.Address}\nSubject: The lift is stuck\nMessage-ID: <lift@customer.test>\n\nPlease help.", bob.Address);
        (await api.PostAsync(new Uri("mailboxes/1/fetch", UriKind.Relative), null)).Dispose();

        var welcome = await rig.WaitForMailAsync(bob, mail => mail.Header("Subject")!.StartsWith("We have received your message", StringComparison.Ordinal), deadline: Soon);
        Assert.Equal(("auto-replied", "<lift@customer.test>", "<>"), (welcome.Header("Auto-Submitted"), welcome.Header("In-Reply-To"), welcome.Header("Return-Path")));
        var large = await rig.WaitForMailAsync(alice, mail => mail.Header("Subject") == "Too large: Photos", deadline: Soon);
        Assert.Equal("<photos@customer.test>", large.Header("In-Reply-To"));
        Assert.Single(rig.Mails(support)); // Alice's stays where it is

        await Eventually.TrueAsync(async () => (int)(await api.GetFromJsonAsync<JsonObject>("tickets"))!["total"]! == 2, Soon, "the robot's mail and Bob's are tickets");
        await using var db = await portal.Get<IDbContextFactory<HelpdeskDb>>().CreateDbContextAsync();
        Assert.Equal(new[] { alice.Address, bob.Address }.Order(StringComparer.Ordinal), (await db.SentNotices.Select(notice => notice.Address).ToListAsync()).Order(StringComparer.Ordinal));
        Assert.Empty(rig.Mails(robot));
    }
}
