using System.Globalization;
using System.Text;
using Bunit;
using HelpdeskMail.App.Components.Pages.Alerts;
using HelpdeskMail.App.Components.Pages.Loops;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Routing.Loops;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Tests.App.Components.Mailboxes;
using Microsoft.EntityFrameworkCore;
using Radzen.Blazor;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Loops;

public sealed class LoopPagesTests
{
    [Fact]
    public async Task NobodyStopped_SaysSo_AndLeadsToTheLimit()
    {
        await using var portal = await PortalContext.StartAsync();
        var list = portal.Render<LoopList>();

        Assert.Contains("Nobody is stopped", list.WaitForElement(".empty").TextContent, StringComparison.Ordinal);
        Assert.NotNull(list.Find("a[href='settings#mail.gateway.loop.threshold']"));
    }

    [Fact]
    public async Task StoppedSender_IsListed_WithWhatItWroteAndAnAlert()
    {
        await using var portal = await StoppedAsync();

        var row = portal.Render<LoopList>().WaitForElement("tr[data-loop]").TextContent;
        var alert = portal.Render<AlertsPage>().WaitForElement(".alerts a");

        Assert.Contains("robot@machine.test", row, StringComparison.Ordinal);
        Assert.Contains("to support@helpdesk.test", row, StringComparison.Ordinal);
        Assert.Contains("2 new mails within 2 hours", row, StringComparison.Ordinal);
        Assert.Equal(($"loops/{await IdAsync(portal)}", "robot@machine.test was stopped"), (alert.GetAttribute("href"), alert.TextContent));
    }

    [Fact]
    public async Task Resuming_TellsBeforehandWhatBecomesOfTheMails_AndTakesThem()
    {
        await using var portal = await StoppedAsync();
        var page = portal.Render<LoopPage>(parameters => parameters.Add(loop => loop.Id, IdAsync(portal).Result));
        page.WaitForElement("input[name=release]");
        Assert.Contains("3 mails of this sender are held back", page.Markup, StringComparison.Ordinal);
        Assert.Equal(3, page.FindAll("section[aria-labelledby=blocked-title] tbody tr").Count);
        Assert.NotEmpty(page.FindAll("svg .blocked"));

        await Button(page, "Let it in again").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("3 mails were taken.", page.Markup, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Contains("This sender was let in again", page.Find(".notice").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("input[name=release]"));
    }

    [Fact]
    public async Task AlwaysAllowing_AsksFirst_AndLeavesTheMailsWhereThatWasChosen()
    {
        await using var portal = await StoppedAsync();
        var id = await IdAsync(portal);
        var page = portal.Render<LoopPage>(parameters => parameters.Add(loop => loop.Id, id));
        await page.WaitForElements("input[name=release]")[1].ChangeAsync(new() { Value = "on" });
        var dialog = portal.Render<RadzenDialog>();

        var click = Button(page, "Always allow @machine.test").ClickAsync(new());
        dialog.WaitForElement(".rz-dialog button");
        Assert.Contains("The mails that are held back (3) stay in quarantine.", dialog.Markup, StringComparison.Ordinal);
        await dialog.FindAll(".rz-dialog button").Single(button => button.TextContent.Trim() == "Always allow").ClickAsync(new());
        await click;
        page.WaitForAssertion(() => Assert.Contains("This sender is never stopped", page.Find(".notice").TextContent, StringComparison.Ordinal));
        var story = (await portal.Get<LoopDesk>().GetAsync(id))!;
        Assert.Equal((LoopState.Allowed, "@machine.test", 3), (story.Row.State, story.AllowedBy, story.Waiting));
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<LoopPage> page, string text) => page.FindAll("button").Single(button => button.TextContent.Trim().EndsWith(text, StringComparison.Ordinal));

    private static async Task<long> IdAsync(PortalContext portal) => (await portal.Get<LoopDesk>().ListAsync(null, 1)).Items[0].Incident.Id;

    /// <summary>Two mails are taken and three held back.</summary>
    private static async Task<PortalContext> StoppedAsync()
    {
        var portal = await PortalContext.StartAsync();
        await portal.QueueAsync();
        Assert.True((await portal.Get<SettingsStore>().SaveAsync(new Dictionary<string, string?> { [Parameters.LoopThreshold.Key] = "2" })).Ok);
        for (var i = 1; i <= 5; i++)
        {
            var raw = string.Create(CultureInfo.InvariantCulture, $"From: robot@machine.test\r\nTo: support@helpdesk.test\r\nSubject: Alarm {i}\r\nMessage-ID: <n{i}@machine.test>\r\n\r\nsomething is wrong");
            Assert.True((await portal.Get<MailIntake>().StoreAsync(Encoding.ASCII.GetBytes(raw), MailSourceKind.Inbound, null, notices: false)).Ok);
            await portal.Get<MailProcessor>().ProcessWaitingAsync();
        }
        return portal;
    }
}
