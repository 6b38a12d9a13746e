using HelpdeskMail.E2E.Fixtures;
using HelpdeskMail.E2E.PageModels;
using Xunit;

namespace HelpdeskMail.E2E.Journeys;

public sealed class ClaimTests(MailRig rig) : IClassFixture<MailRig>
{
    [JourneyFact]
    public async Task OneTimeLink_MakesFirstAdministrator_AndNoSecondOne()
    {
        await using var portal = await Portal.StartAsync(rig.Ports.Allowed);
        await using var visitor = await Visitor.ComeAsync(portal);
        await Journey.RunAsync(visitor, async _ =>
        {
            await visitor.Page.GotoAsync("/tickets");
            Assert.Contains("/account/login", visitor.Page.Url, StringComparison.Ordinal);

            var link = await portal.ClaimLinkAsync();
            await visitor.Page.GotoAsync(link);
            await visitor.AssertAccessibleAsync("claim");
            await visitor.ShotAsync("claim");
            await AccountPages.ClaimAsync(visitor, link, "Ada", "ada@helpdesk.test", "a-Secret-of-Ada");

            await using var second = await Visitor.ComeAsync(portal);
            await second.Page.GotoAsync(link);
            Assert.Equal("This link is not valid", await second.Page.Locator("h1").InnerTextAsync());
            await second.Page.GotoAsync("/account/login");
            await second.AssertAccessibleAsync("login");
            await second.ShotAsync("login");
            await second.LogInAsync("ada@helpdesk.test", "a-Secret-of-Ada");
            Assert.Empty(second.Complaints);
        });
    }
}
