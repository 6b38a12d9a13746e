using System.Text;
using Bunit;
using HelpdeskMail.App.Components.Pages.Confirmations;
using HelpdeskMail.Core.Confirmations;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Tests.App.Components.Mailboxes;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Confirmations;

public sealed class ConfirmationPagesTests
{
    private const string Gmail = "From: forwarding-noreply@google.com\r\nTo: support@helpdesk.test\r\nSubject: (#412358761) Gmail Forwarding Confirmation\r\n\r\n" +
        "ann@gmail.com has requested to forward mail to support@helpdesk.test.\r\n\r\nhttps://mail-settings.google.com/mail/vf-%5BA%22%3E%3Cscript%3E%5D-Q";

    [Fact]
    public async Task NothingWaits_SaysSo()
    {
        await using var portal = await PortalContext.StartAsync();
        Assert.Contains("No provider waits for you", portal.Render<ConfirmationList>().WaitForElement(".empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_IsShownInFullWithItsHost_AndOpensOutside()
    {
        await using var portal = await CaughtAsync();

        var card = portal.Render<ConfirmationList>().WaitForElement(".confirmation");

        var link = card.QuerySelector(".confirmation-link a")!;
        Assert.Equal("mail-settings.google.com", card.QuerySelector(".confirmation-link strong")!.TextContent);
        Assert.Equal((link.GetAttribute("href"), "_blank"), (link.TextContent, link.GetAttribute("target")));
        Assert.Contains("noopener", link.GetAttribute("rel"), StringComparison.Ordinal);
        Assert.Equal("412358761", card.QuerySelector(".confirmation-code")!.TextContent);
        Assert.Contains("Gmail asks whether mail of ann@gmail.com may be forwarded", card.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Confirmed_LeavesTheList_AndItsLinkIsDead()
    {
        await using var portal = await CaughtAsync();
        var list = portal.Render<ConfirmationList>();
        list.WaitForElement(".confirmation");

        await list.FindAll("button").Single(button => button.TextContent.Contains("I have confirmed it", StringComparison.Ordinal)).ClickAsync(new());

        list.WaitForElement(".empty");
        var id = (await portal.Get<ConfirmationDesk>().ListAsync(ConfirmationState.Done, 1)).Items[0].Id;
        var page = portal.Render<ConfirmationPage>(parameters => parameters.Add(one => one.Id, id));
        Assert.Empty(page.WaitForElement(".confirmation").QuerySelectorAll(".confirmation-link a"));
        Assert.Contains("ada@example.test", page.Find(".confirmation").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsNone_BecomesATicket()
    {
        await using var portal = await CaughtAsync();
        var list = portal.Render<ConfirmationList>();
        list.WaitForElement(".confirmation");

        await list.FindAll("button").Single(button => button.TextContent.Contains("Make a ticket", StringComparison.Ordinal)).ClickAsync(new());

        await using var db = await portal.Get<IDbContextFactory<HelpdeskDb>>().CreateDbContextAsync();
        list.WaitForAssertion(() => Assert.Equal(1, db.Tickets.Count()));
        list.WaitForAssertion(() => Assert.EndsWith($"tickets/{db.Tickets.Single().Id}", portal.Get<NavigationManager>().Uri, StringComparison.Ordinal));
        Assert.Equal(0, await portal.Get<ConfirmationDesk>().OpenAsync());
    }

    private static async Task<PortalContext> CaughtAsync()
    {
        var portal = await PortalContext.StartAsync();
        await portal.QueueAsync();
        Assert.True((await portal.Get<MailIntake>().StoreAsync(Encoding.ASCII.GetBytes(Gmail), MailSourceKind.Inbound, null, notices: false)).Ok);
        await portal.Get<MailProcessor>().ProcessWaitingAsync();
        return portal;
    }
}
