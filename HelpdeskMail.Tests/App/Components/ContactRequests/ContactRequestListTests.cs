using System.Text;
using Bunit;
using HelpdeskMail.App.Components.Pages.ContactRequests;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Tests.App.Components.Mailboxes;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.ContactRequests;

public sealed class ContactRequestListTests
{
    [Fact]
    public async Task NothingHeld_SaysThatNoMailboxHolds()
    {
        await using var portal = await PortalContext.StartAsync();
        Assert.Contains("No mailbox holds its mail", portal.Render<ContactRequestList>().WaitForElement(".empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RequestOpened_ShowsItsTextAsText_AndBecomesATicketOfItsQueue()
    {
        await using var portal = await PortalContext.StartAsync();
        await HoldAsync(portal, "From: Ann <ann@b.example>\r\nSubject: Help <b>me</b>\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script><p>please</p>");
        var list = portal.Render<ContactRequestList>();
        await list.WaitForElement("tr[data-request] .row-title").ClickAsync(new());

        var opened = list.WaitForElement(".held-mail");
        Assert.Equal("please", opened.QuerySelector(".plain-text")!.TextContent.Trim());
        Assert.Empty(list.FindAll("script"));
        Assert.Equal("support", list.Find(".held-open select[name=queue] option[selected]").TextContent);
        await list.Find(".held-open form").SubmitAsync();

        list.WaitForAssertion(() => Assert.Contains("A ticket was made.", list.Find(".notice").TextContent, StringComparison.Ordinal));
        await using var db = await portal.Get<IDbContextFactory<HelpdeskDb>>().CreateDbContextAsync();
        Assert.Equal($"tickets/{(await db.Tickets.SingleAsync()).Id}", list.Find(".notice a").GetAttribute("href"));
        Assert.NotNull(list.WaitForElement(".empty"));
    }

    [Fact]
    public async Task Several_AreDismissedTogether_NotWithoutAReason()
    {
        await using var portal = await PortalContext.StartAsync();
        await HoldAsync(portal, "From: a@b.example\r\nSubject: one\r\n\r\nx", "From: b@b.example\r\nSubject: two\r\n\r\ny");
        var list = portal.Render<ContactRequestList>();
        await list.WaitForElement("thead input[type=checkbox]").ChangeAsync(new ChangeEventArgs { Value = true });
        await list.WaitForElement(".held-bulk form:last-of-type").SubmitAsync();
        list.WaitForAssertion(() => Assert.Contains("Say why", list.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        await list.Find(".held-bulk input[name=reason]").InputAsync(new ChangeEventArgs { Value = "advertising" });
        await list.Find(".held-bulk form:last-of-type").SubmitAsync();
        list.WaitForAssertion(() => Assert.Contains("2 are dismissed", list.Find(".notice").TextContent, StringComparison.Ordinal));

        portal.Get<NavigationManager>().NavigateTo("contact-requests?state=dismissed");
        Assert.Contains("advertising", portal.Render<ContactRequestList>().WaitForElement("tr[data-request]").TextContent, StringComparison.Ordinal);
    }

    private static async Task HoldAsync(PortalContext portal, params string[] mails)
    {
        var id = await MailboxFormTests.SavedAsync(portal);
        await using (var db = await portal.Get<IDbContextFactory<HelpdeskDb>>().CreateDbContextAsync())
        {
            (await db.Mailboxes.SingleAsync(mailbox => mailbox.Id == id)).HoldAsContactRequests = true;
            await db.SaveChangesAsync();
        }
        foreach (var mail in mails) await portal.Get<MailIntake>().StoreAsync(Encoding.UTF8.GetBytes(mail), MailSourceKind.Inbound, "support", notices: false);
        await portal.Get<MailProcessor>().ProcessWaitingAsync();
    }
}
