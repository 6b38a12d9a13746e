using HelpdeskMail.E2E.Fixtures;
using HelpdeskMail.E2E.PageModels;
using Microsoft.Playwright;
using Xunit;

namespace HelpdeskMail.E2E.Journeys;

/// <summary>From an empty portal to a conversation: everything an administrator and an agent do, by hand, with real servers.</summary>
public sealed class FirstTicketTests(MailRig rig) : IClassFixture<MailRig>
{
    private const string Subject = "Grüße: die Tür klemmt";

    [JourneyFact]
    public async Task EmptyPortal_ToAnsweredTicket_AndTheCustomersAnswerInIt()
    {
        var (support, customer) = (rig.NewUser(), rig.NewUser());
        await rig.SendFromOutsideAsync(customer.Address, support.Address, $"""
            From: Karl Kunde <{customer.Address}>
            To: {support.Address}
            Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe:_die_T=C3=BCr_klemmt?=
            Message-ID: <door-1@customer.test>
            MIME-Version: 1.0
            Content-Type: text/plain; charset=UTF-8

            The door to the cellar is stuck since Monday.
            """);

        await using var portal = await Portal.StartAsync(rig.Ports.Allowed);
        await using var visitor = await Visitor.ComeAsync(portal);
        await Journey.RunAsync(visitor, async _ =>
        {
            await AccountPages.ClaimAsync(visitor, await portal.ClaimLinkAsync(), "Ada", "ada@helpdesk.test", "a-Secret-of-Ada");
            await new DepartmentsPage(visitor).AddAsync("Customer service", "Support");
            await AddOutboundAccountAsync(visitor, support);

            var tickets = await visitor.OpenTabAsync("/tickets");
            var list = new TicketList(tickets);
            await list.EmptyAsync();
            await visitor.Page.BringToFrontAsync(); // a page behind another is drawn once a second, and every click waits for that
            await AddMailboxAsync(visitor, support); // from here on mail comes by itself, too

            await FetchNowAsync(visitor);
            await list.WaitForAsync(Subject);
            Assert.Equal(1, await list.Rows.CountAsync()); // the account's own test mail makes none

            await tickets.BringToFrontAsync();
            await list.OpenAsync(Subject);
            var ticket = new TicketPage(tickets);
            await ticket.MessageWith("The door to the cellar is stuck since Monday.").WaitForAsync();
            await ticket.ReplyAsync("We send somebody tomorrow at nine.");

            var answer = await rig.WaitForMailAsync(customer, mail => mail.Text.Contains("We send somebody tomorrow at nine.", StringComparison.Ordinal));
            Assert.Equal("<door-1@customer.test>", answer.Header("In-Reply-To"));
            Assert.Contains("<door-1@customer.test>", answer.Header("References"), StringComparison.Ordinal);
            Assert.Contains(support.Address, answer.Header("From"), StringComparison.Ordinal);

            await rig.SendFromOutsideAsync(customer.Address, support.Address, $"""
                From: Karl Kunde <{customer.Address}>
                To: {support.Address}
                Subject: Something else entirely
                Message-ID: <door-2@customer.test>
                In-Reply-To: {answer.Header("Message-ID")}
                References: <door-1@customer.test> {answer.Header("Message-ID")}

                Nine is fine.
                """);
            await FetchNowAsync(visitor);
            await ticket.MessageWith("Nine is fine.").WaitForAsync(); // in the page that is open
            Assert.Equal(3, await ticket.Messages.CountAsync());
            await Eventually.TrueAsync(() => rig.Mails(support).Count == 0, TimeSpan.FromSeconds(10), "all mail in the archive");

            await visitor.GoAsync("/jobs");
            await visitor.Page.Locator("main table").GetByText("support").First.WaitForAsync();
            await visitor.GoAsync("/communications");
            await visitor.Page.Locator("main table").GetByText("support").First.WaitForAsync();
            Assert.Empty(visitor.Complaints);
        });
    }

    private async Task AddOutboundAccountAsync(Visitor visitor, RigUser support)
    {
        var form = new OutboundAccountForm(visitor);
        await form.OpenNewAsync();
        await form.FillAsync(support, "Support", "STARTTLS", rig.Ports.Submission);
        await form.MakeGlobalAsync();
        await form.StartTestAsync();
        await form.Test.FailedAsync("certificate");
        await form.Test.TrustAsync();
        await form.Test.PassedAsync();
        await form.SaveAsync();
        await rig.WaitForMailAsync(support, mail => mail.Header("From")!.Contains(support.Address, StringComparison.Ordinal));
    }

    private async Task AddMailboxAsync(Visitor visitor, RigUser support)
    {
        var form = new MailboxForm(visitor);
        await form.OpenNewAsync();
        await form.ChooseProviderAsync("Gmail and Google Workspace");
        await form.ExpectAsync("host", "imap.gmail.com");
        await form.ExpectAsync("port", "993");
        await form.ChooseProviderAsync("Other (enter the server yourself)");
        await form.FillAccountAsync(support, "Support");
        await form.FillAsync("name", "support");
        await form.FillAsync("userName", support.Address);
        await form.FillServerAsync(MailRig.Host, "TLS from the start (IMAPS)", rig.Ports.Imaps);
        await form.StartTestAsync();
        await form.Test.FailedAsync("certificate");
        await form.Test.TrustAsync();
        await form.Test.PassedAsync();
        await form.SaveAsync();
    }

    private static async Task FetchNowAsync(Visitor visitor)
    {
        await visitor.Page.BringToFrontAsync();
        await visitor.GoAsync("/mailboxes");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "support", Exact = true }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "support", Exact = true }).WaitForAsync(); // the list has such buttons, too
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Fetch now", Exact = true }).ClickAsync();
        await visitor.Page.GetByText("Fetched in").Or(visitor.Page.GetByText("No new mail")).WaitForAsync(new() { Timeout = 30_000 });
    }
}
