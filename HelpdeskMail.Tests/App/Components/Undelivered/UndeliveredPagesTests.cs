using Bunit;
using HelpdeskMail.App.Components.Pages.Tickets;
using HelpdeskMail.App.Components.Pages.Undelivered;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Deliveries;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Undelivered;

public sealed class UndeliveredPagesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task What_came_back_is_listed_and_goes_away_when_it_is_acknowledged()
    {
        await using var test = await PageTest.StartAsync();
        var ticket = await test.AddTicketAsync("Printer");
        await AddAsync(test, ticket, "anna@example.org");
        await AddAsync(test, ticket, "bert@example.org");
        var page = test.Render<UndeliveredList>();
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("tbody tr").Count), Patience);
        Assert.Contains("There is no such mailbox.", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Equal($"tickets/{ticket.Id}", page.Find(".row-title").GetAttribute("href"));

        await page.Find("thead input").ChangeAsync(new() { Value = true });
        await page.Find(".quarantine-bar button").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("Nothing has come back", page.Markup, StringComparison.Ordinal), Patience);
        await using var db = test.Db();
        Assert.All(await db.DeliveryNews.ToListAsync(), news => Assert.Equal((NewsState.Seen, "ada@helpdesk.test"), (news.State, news.SeenBy)));
    }

    [Fact]
    public async Task The_red_envelope_says_what_is_known_and_that_I_have_seen_it()
    {
        await using var test = await PageTest.StartAsync();
        var ticket = await test.AddTicketAsync("Printer");
        await AddMessageAsync(test, ticket);
        var page = test.Render<TicketPage>(set => set.Add(part => part.Id, ticket.Id));
        var box = page.WaitForElement(".bounce", Patience);
        Assert.Contains("anna@example.org", box.QuerySelector("summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("550 5.1.1 no such user", box.QuerySelector(".server-words")!.TextContent);
        Assert.StartsWith("/delivery-news/", box.QuerySelector(".bounce-links a")!.GetAttribute("href"), StringComparison.Ordinal);

        await page.Find(".bounce .bounce-links button").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("Seen by ada@helpdesk.test", page.Find(".bounce").TextContent, StringComparison.Ordinal), Patience);
        page.WaitForAssertion(() => Assert.NotNull(page.Find(".ticket-marks .pale-envelope")), Patience);
    }

    [Fact]
    public async Task Whoever_writes_to_an_undeliverable_address_is_warned_and_has_to_say_that_it_shall_go()
    {
        await using var test = await PageTest.StartAsync();
        var ticket = await test.AddTicketAsync("Printer");
        await test.AddOutboundAccountAsync();
        await FailAsync(test, "anna@example.org");
        var editor = test.Render<ReplyEditor>(set => set.Add(part => part.TicketId, ticket.Id).Add(part => part.Actor, new Actor(PageTest.Me, "Ada")));
        Assert.Contains("Mail to anna@example.org failed on", editor.WaitForElement(".notice-warn", Patience).TextContent, StringComparison.Ordinal);
        await editor.Find("textarea").InputAsync(new() { Value = "Dear Anna" });

        await Send(editor).ClickAsync(new());
        editor.WaitForElement("#undeliverable-error", Patience);
        await using var db = test.Db();
        Assert.Equal(0, await db.OutboxMails.CountAsync());

        await editor.Find("#undeliverable").ChangeAsync(new() { Value = true });
        await Send(editor).ClickAsync(new());
        editor.WaitForAssertion(() => Assert.Equal("", editor.Find("textarea").GetAttribute("value") ?? ""), Patience);
        Assert.Equal(1, await db.OutboxMails.CountAsync());
    }

    [Fact]
    public async Task An_address_that_works_again_is_cleared_with_a_click()
    {
        await using var test = await PageTest.StartAsync();
        await FailAsync(test, "anna@example.org");
        var page = test.Render<FailingAddressList>();
        page.WaitForElement("tr[data-address='anna@example.org'] button", Patience);

        await page.Find("tr[data-address='anna@example.org'] button").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("tr[data-address]")), Patience);
        await using var db = test.Db();
        Assert.Equal((null, "ada@helpdesk.test"), await db.FailingAddresses.Select(row => new ValueTuple<DateTime?, string?>(row.UndeliverableSince, row.ClearedBy)).SingleAsync());
    }

    private static AngleSharp.Dom.IElement Send(IRenderedComponent<ReplyEditor> editor) => editor.FindAll(".reply-actions button")[^1];

    private static async Task FailAsync(PageTest test, string address)
    {
        await using var db = test.Db();
        db.Add(new FailingAddress { Address = address, Hard = 1, FirstAt = DateTime.UtcNow, LastAt = DateTime.UtcNow, UndeliverableSince = DateTime.UtcNow, LastCause = "There is no such mailbox.", LastStatus = "5.1.1" });
        await db.SaveChangesAsync();
    }

    private static async Task AddAsync(PageTest test, Ticket ticket, string address, long? message = null, long? outbox = null)
    {
        await using var db = test.Db();
        db.Add(new DeliveryNews
        {
            Kind = NewsKind.Failed,
            State = NewsState.Open,
            At = DateTime.UtcNow,
            Address = address,
            Status = "5.1.1",
            Cause = "There is no such mailbox.",
            Line = "550 5.1.1 no such user",
            TicketId = ticket.Id,
            TicketMessageId = message,
            OutboxMailId = outbox,
            StoredMailId = 1,
            Subject = ticket.Subject,
        });
        await db.SaveChangesAsync();
    }

    private static async Task AddMessageAsync(PageTest test, Ticket ticket)
    {
        await test.AddOutboundAccountAsync();
        var written = await test.Services.GetRequiredService<ReplyWriter>().WriteAsync(ticket.Id, new ReplyDraft { Text = "Done" }, new Actor(PageTest.Me, "Ada"));
        await using var db = test.Db();
        var message = await db.TicketMessages.SingleAsync(row => row.Id == written.Value);
        message.BounceAddress = "anna@example.org";
        await db.OutboxRecipients.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, OutboxState.Bounced));
        await db.SaveChangesAsync();
        await AddAsync(test, ticket, "anna@example.org", message.Id, message.OutboxMailId);
    }
}
