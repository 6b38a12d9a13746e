using Bunit;
using HelpdeskMail.App.Components.Layout;
using HelpdeskMail.App.Components.Pages.Alerts;
using HelpdeskMail.App.Components.Pages.Notices;
using HelpdeskMail.Core.Alerts;
using HelpdeskMail.Core.Notices;
using Microsoft.AspNetCore.Components;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Notices;

public sealed class NoticesPageTests
{
    [Fact]
    public async Task Wording_IsPreviewedWhileTyped_AndAFaultNamesThePlaceholder()
    {
        await using var portal = await PortalContext.StartAsync();
        var page = portal.Render<NoticesPage>();
        await page.WaitForElement(".notice-card button").ClickAsync(new());
        await page.WaitForElement("#subject").ChangeAsync(new ChangeEventArgs { Value = "Hello {customer} {nonsense}" });
        Assert.Equal("Hello Ann Example {nonsense}", page.Find(".notice-preview strong").TextContent);
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("Nothing stands for {nonsense}", page.Find(".field-error").TextContent, StringComparison.Ordinal));

        await page.Find("#subject").ChangeAsync(new ChangeEventArgs { Value = "Hello {customer}" });
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("changed", page.Find("#chosenLanguage option").TextContent, StringComparison.Ordinal));
        Assert.Equal("Hello {customer}", (await portal.Get<NoticeEditor>().ListAsync())[0].Languages[0].Wording.Subject);
    }

    [Fact]
    public async Task Switch_TurnsAKindOff()
    {
        await using var portal = await PortalContext.StartAsync();
        var page = portal.Render<NoticesPage>();
        await page.WaitForElements(".notice-card input[type=checkbox]")[(int)NoticeKind.Rejected].ChangeAsync(new ChangeEventArgs { Value = false });
        Assert.Equal([NoticeKind.Rejected], (await portal.Get<NoticeEditor>().ListAsync()).Where(row => !row.Enabled).Select(row => row.Kind));
    }

    [Fact]
    public async Task Bell_CountsUnreadAlerts_UntilTheyAreLookedAt()
    {
        await using var page = await PageTest.StartAsync();
        await using (var db = page.Db())
        {
            db.Users.Add(new() { Id = PageTest.Me, UserName = "ada@helpdesk.test" });
            db.Alerts.Add(new Alert { Kind = AlertKind.MailboxFailed, MailboxId = 1, Subject = "support", Text = "The password is wrong.", Server = "NO bad", At = DateTime.UtcNow });
            await db.SaveChangesAsync();
        }
        var bell = page.Render<AlertBell>();
        bell.WaitForAssertion(() => Assert.Equal("1 unread alert", bell.Find("a").GetAttribute("title")));

        page.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        var list = page.Render<AlertsPage>();
        Assert.Contains("Mailbox support can't be fetched", list.WaitForElement(".is-unread").TextContent, StringComparison.Ordinal);
        bell.WaitForAssertion(() => Assert.Equal("Alerts: none unread", bell.Find("a").GetAttribute("title")), TimeSpan.FromSeconds(10));
    }
}
