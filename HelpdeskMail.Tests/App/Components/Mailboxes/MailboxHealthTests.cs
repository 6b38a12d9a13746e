using AngleSharp.Dom;
using Bunit;
using HelpdeskMail.App.Components.Layout;
using HelpdeskMail.App.Components.Pages.Mailboxes;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Mailboxes.Health;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Mailboxes;

/// <summary>What a mailbox's page says of its health (G12, E8).</summary>
public sealed class MailboxHealthTests
{
    private static readonly DateTime Now = DateTime.UtcNow;

    [Fact]
    public async Task Card_WithoutAnyMail_SaysSo_AndDrawsNothing()
    {
        await using var portal = await PortalContext.StartAsync();
        var nothing = new HealthFigures(0, null, 0, 0);

        var card = portal.Render<MailboxHealthCard>(parameters => parameters.Add(p => p.Health, new MailboxHealth(nothing, nothing, [new(Now, nothing)])));

        Assert.Contains("No mail has come", card.Markup, StringComparison.Ordinal);
        Assert.Empty(card.FindAll("svg"));
        Assert.Empty(card.FindAll(".tile-warn"));
    }

    [Fact]
    public async Task Card_SaysMedianAndP95OfDayAndWeek_AndWarnsOfFailures_TheChartInWordsToo()
    {
        await using var portal = await PortalContext.StartAsync();
        var day = new HealthFigures(12, new(TimeSpan.FromSeconds(1.4), TimeSpan.FromSeconds(70)), 144, 2);
        var week = new HealthFigures(80, new(TimeSpan.FromMinutes(2), TimeSpan.FromHours(3)), 1000, 0);

        var card = portal.Render<MailboxHealthCard>(parameters => parameters.Add(p => p.Health, new MailboxHealth(day, week, [new(Now.AddHours(-1), new(0, null, 6, 1)), new(Now, day)])));

        var tiles = card.FindAll(".tile").Select(tile => tile.QuerySelector("dd span")!.TextContent).ToList();
        Assert.Equal(["1.4 s", "70 s", "2", "2 min", "3 h", "0"], tiles);
        Assert.Equal("2", card.FindAll(".tile-warn").Single().QuerySelector("dd span")!.TextContent);
        Assert.Equal("The last 24 hours: 12 mails, half of them tickets within 1.4 s, 95% within 70 s; 2 fetches failed.", card.Find("svg").GetAttribute("aria-label"));
        Assert.Equal((1, 1, 2), (card.FindAll("rect.median").Count, card.FindAll("rect.p95").Count, card.FindAll("rect.failed").Count));
        Assert.Equal(2, card.FindAll("details tbody tr").Count); // the same figures for those who can't see it
    }

    [Fact]
    public async Task Journal_TellsOpenTroublesFromThoseThatAreOver_AndLinksWhatTheLogStillHas()
    {
        await using var portal = await PortalContext.StartAsync();
        var journal = portal.Render<ErrorJournal>(parameters => parameters.Add(p => p.Oldest, Now.AddDays(-31)).Add(p => p.Troubles,
        [
            new MailboxTrouble { Id = 2, FirstAt = Now.AddHours(-2), LastAt = Now, Count = 7, Text = "The server refused the password.", Server = "NO [AUTHENTICATIONFAILED]", Advice = "Check it.", CommunicationId = 41 },
            new MailboxTrouble { Id = 1, FirstAt = Now.AddDays(-40), LastAt = Now.AddDays(-40), EndedAt = Now.AddDays(-40), Count = 1, Text = "The connection was lost.", CommunicationId = 7 },
        ]));

        var items = journal.FindAll("ol.journal > li");
        Assert.NotNull(items[0].QuerySelector(".state-bad"));
        Assert.Contains("Failed 7 times", items[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("NO [AUTHENTICATIONFAILED]", items[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("communications/41", items[0].QuerySelector("a")!.GetAttribute("href"));
        Assert.NotNull(items[1].QuerySelector(".state-ok"));
        Assert.Contains("Failed once", items[1].TextContent, StringComparison.Ordinal);
        Assert.Null(items[1].QuerySelector("a")); // the log keeps a month
    }

    [Theory]
    [InlineData(PushState.Waiting, true, MailboxProtocol.Imap, true, Validity.Valid, "Comes at once")]
    [InlineData(PushState.Asking, true, MailboxProtocol.Imap, true, Validity.Valid, "asked every minute")]
    [InlineData(PushState.Reconnecting, true, MailboxProtocol.Imap, true, Validity.Valid, "Not connected")]
    [InlineData(PushState.Waiting, false, MailboxProtocol.Imap, true, Validity.Valid, "no portal waits for it")]
    [InlineData(PushState.None, true, MailboxProtocol.Imap, false, Validity.Valid, "switched off")]
    [InlineData(PushState.None, true, MailboxProtocol.Pop3, true, Validity.Valid, "POP3 has no push")]
    [InlineData(PushState.None, true, MailboxProtocol.Imap, true, Validity.Invalid, "Not fetched now")]
    public async Task Push_IsSaidInWords_AndAWatcherThatDiedIsNotBelieved(PushState state, bool alive, MailboxProtocol protocol, bool wanted, Validity validity, string words)
    {
        await using var portal = await PortalContext.StartAsync();
        var status = new MailboxStatus { Push = state, WatchOwner = "node/1/x", WatchUntil = alive ? Now.AddMinutes(2) : Now.AddMinutes(-1), PushRetryAt = state == PushState.Reconnecting ? Now.AddSeconds(20) : null };
        var push = portal.Render<PushStatus>(parameters => parameters.Add(p => p.Status, status).Add(p => p.Protocol, protocol).Add(p => p.Wanted, wanted).Add(p => p.Validity, validity));
        Assert.Contains(words, push.Markup, StringComparison.Ordinal);
        Assert.Equal(state == PushState.Reconnecting, push.FindAll("time").Count == 1);
    }

    [Theory]
    [InlineData(200, false, null)]
    [InlineData(10, false, "runs out soon", "Ask the server")]
    [InlineData(10, true, "runs out soon", "trust that in the mailbox")]
    [InlineData(-1, false, "has run out", "Ask the server")]
    public async Task Certificate_WarnsInTime_AndSaysWhatToDo(int days, bool pinned, params string[]? words)
    {
        await using var portal = await PortalContext.StartAsync();
        var certificate = portal.Render<CertificateStatus>(parameters => parameters.Add(p => p.Status, new MailboxStatus { CertificateExpiresAt = Now.AddDays(days) }).Add(p => p.Pinned, pinned));
        Assert.Equal(words is null, certificate.FindAll(".state-warn").Count == 0);
        Assert.All(words ?? [], word => Assert.Contains(word, certificate.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task DatabaseWithoutWrites_IsShownOnPageListAndBar_UntilTheNextSuccess()
    {
        await using var portal = await PortalContext.StartAsync();
        var mailbox = await MailboxFormTests.SavedAsync(portal);
        var storage = portal.Get<StorageTroubles>();
        storage.Failed(mailbox, new InvalidOperationException("outer", new IOException("No space left on device")));
        storage.Failed(mailbox, new IOException("No space left on device"));

        var page = portal.Render<MailboxPage>(parameters => parameters.Add(p => p.Id, mailbox));
        var list = portal.Render<MailboxList>();
        var alarm = portal.Render<MailboxAlarm>();

        page.WaitForElement(".state-bad");
        Assert.Contains("The database can't be written", page.Find("[aria-labelledby=status-title]").TextContent, StringComparison.Ordinal);
        Assert.Contains("No space left on device", page.Find("[aria-labelledby=status-title]").TextContent, StringComparison.Ordinal);
        Assert.Contains("The database can't be written", list.WaitForElement("tr[data-mailbox=support] .row-error").TextContent, StringComparison.Ordinal);
        alarm.WaitForElement("a[href='mailboxes?status=error']");

        storage.Worked(mailbox);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[aria-labelledby=status-title] .state-bad")));
        list.WaitForAssertion(() => Assert.Empty(list.FindAll(".row-error")));
        alarm.WaitForAssertion(() => Assert.Empty(alarm.FindAll("a")));
    }
}
