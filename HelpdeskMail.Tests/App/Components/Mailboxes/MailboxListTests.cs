using Bunit;
using HelpdeskMail.App.Components.Layout;
using HelpdeskMail.App.Components.Pages.Mailboxes;
using HelpdeskMail.Core;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Mailboxes;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Mailboxes;

public sealed class MailboxListTests
{
    [Fact]
    public async Task MailboxInError_ShowsTriangleAndTheErrorsOwnText()
    {
        await using var portal = await PortalContext.StartAsync();
        await BreakAsync(portal, await MailboxFormTests.SavedAsync(portal));
        var row = portal.Render<MailboxList>().WaitForElement("tr[data-mailbox=support]");
        Assert.Contains("warning", row.QuerySelector(".state-bad")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("No such host is known.", row.QuerySelector(".row-error")!.TextContent);
    }

    [Fact]
    public async Task Typing_PutsTheFilterIntoTheUrl()
    {
        await using var portal = await PortalContext.StartAsync();
        var list = portal.Render<MailboxList>();
        await list.Find("#q").InputAsync(new() { Value = "sales & co" });
        list.WaitForAssertion(() => Assert.EndsWith("?q=sales%20%26%20co", portal.Get<NavigationManager>().Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task UrlFilter_ShowsWhatFits()
    {
        await using var portal = await PortalContext.StartAsync();
        await MailboxFormTests.SavedAsync(portal, "support");
        await MailboxFormTests.SavedAsync(portal, "sales");
        portal.Get<NavigationManager>().NavigateTo("mailboxes?q=sal");
        var list = portal.Render<MailboxList>();
        list.WaitForElement("tr[data-mailbox=sales]");
        Assert.Empty(list.FindAll("tr[data-mailbox=support]"));
    }

    [Fact]
    public async Task Alarm_CountsMailboxesInError_AndFollowsChanges()
    {
        await using var portal = await PortalContext.StartAsync();
        var id = await MailboxFormTests.SavedAsync(portal);
        var alarm = portal.Render<MailboxAlarm>();
        Assert.Empty(alarm.FindAll("a"));

        await BreakAsync(portal, id);
        portal.Get<LiveUpdates>().Publish(LiveTopic.Mailboxes);
        alarm.WaitForAssertion(() => Assert.Equal("1 mailbox is in error", alarm.Find("a[href='mailboxes?status=error']").GetAttribute("title")));
    }

    private static async Task BreakAsync(PortalContext portal, long id)
    {
        await using var db = await portal.Get<IDbContextFactory<HelpdeskDb>>().CreateDbContextAsync();
        var status = (await db.Mailboxes.Include(mailbox => mailbox.Status).SingleAsync(mailbox => mailbox.Id == id)).Status;
        (status.State, status.ErrorKind, status.ErrorText, status.ErrorStreak) = (MailboxState.Error, MailboxErrorKind.UnknownHost, "No such host is known.", 1);
        await db.SaveChangesAsync();
    }
}
