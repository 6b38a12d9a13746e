using Bunit;
using HelpdeskMail.App.Components.Pages.Home;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Tests.App.Components.Mailboxes;
using Microsoft.AspNetCore.Components;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Home;

public sealed class StartPageTests
{
    [Fact]
    public async Task Agent_IsTakenToTheTickets()
    {
        await using var portal = await PortalContext.StartAsync(Roles.Agent);
        portal.Render<StartPage>();
        Assert.EndsWith("/tickets", portal.Get<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Administrator_SeesWhatIsLeft_AndItTicksItselfOff()
    {
        await using var portal = await PortalContext.StartAsync();
        var page = portal.Render<StartPage>();
        page.WaitForAssertion(() => Assert.Equal("Add a department and a queue (next)", page.Find("[aria-current=step] h3").TextContent));

        await MailboxFormTests.SavedAsync(portal);
        page.WaitForAssertion(() => Assert.Equal("Connect an outbound account (next)", page.Find("[aria-current=step] h3").TextContent));
        Assert.Equal("Connect a mailbox (done)", page.FindAll("h3")[2].TextContent);
    }
}
