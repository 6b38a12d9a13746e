using HelpdeskMail.E2E.Fixtures;
using HelpdeskMail.E2E.PageModels;
using Xunit;

namespace HelpdeskMail.E2E.Journeys;

public sealed class PushJourneyTests(MailRig rig) : IClassFixture<MailRig>
{
    [JourneyFact]
    public async Task MailArrives_StandsInTheOpenListByItself_LongBeforeTheInterval()
    {
        var (support, customer) = (rig.NewUser(), rig.NewUser());
        var (portal, visitor) = await PortalConfiguration.OpenAsync(rig, support); // fetched every ten minutes
        await using var _ = portal;
        await using var __ = visitor;
        await Journey.RunAsync(visitor, async _ =>
        {
            await visitor.GoAsync("/mailboxes/1");
            await visitor.Page.GetByText("Comes at once").WaitForAsync();
            await visitor.AssertAccessibleAsync("mailbox");
            await visitor.ShotAsync("mailbox-push");
            await visitor.GoAsync("/tickets");

            await rig.SendFromOutsideAsync(customer.Address, support.Address, $"""
                From: Karl Kunde <{customer.Address}>
                To: {support.Address}
                Subject: Nobody clicks
                Message-ID: <push-1@customer.test>

                Hello.
                """);
            await new TicketList(visitor.Page).WaitForAsync("Nobody clicks");

            await visitor.GoAsync("/mailboxes/1");
            await visitor.Page.GetByText("of 1 mails").First.WaitForAsync();
            await visitor.AssertAccessibleAsync("mailbox with health");
        });
    }
}
