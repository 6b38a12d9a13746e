using Bunit;
using HelpdeskMail.App.Components.Pages.Tickets;
using HelpdeskMail.Core;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Tickets;

public sealed class TicketPageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_message_that_comes_in_appears_in_the_open_page_and_what_was_begun_stays()
    {
        await using var test = await PageTest.StartAsync();
        var ticket = await test.AddTicketAsync("Hello");
        await AddMessageAsync(test, ticket, "First");
        var page = test.Render<TicketPage>(set => set.Add(part => part.Id, ticket.Id));
        page.WaitForAssertion(() => Assert.Equal(["First"], Texts(page)), Patience);
        await page.Find("#reply-text").InputAsync(new() { Value = "Half a sent" });

        await AddMessageAsync(test, ticket, "Second");
        test.Live.Publish(LiveTopic.Tickets);

        page.WaitForAssertion(() => Assert.Equal(["First", "Second"], Texts(page)), Patience);
        Assert.Equal("Half a sent", page.Find("#reply-text").GetAttribute("value"));
    }

    [Fact]
    public async Task A_change_is_saved_where_it_is_made()
    {
        await using var test = await PageTest.StartAsync();
        var ticket = await test.AddTicketAsync("Hello");
        var page = test.Render<TicketPage>(set => set.Add(part => part.Id, ticket.Id));
        var state = page.WaitForElement("#state", Patience);

        await state.ChangeAsync(new() { Value = ((int)TicketState.Pending).ToString(System.Globalization.CultureInfo.InvariantCulture) });

        page.WaitForAssertion(() => Assert.Contains("Pending", page.Find(".ticket-marks").TextContent, StringComparison.Ordinal), Patience);
        await using var db = test.Db();
        Assert.Equal(TicketState.Pending, (await db.Tickets.SingleAsync()).State);
        Assert.Equal(PageTest.Me, (await db.TicketEvents.SingleAsync()).ActorId);
    }

    [Fact]
    public async Task Of_a_long_conversation_the_middle_is_folded_away()
    {
        await using var test = await PageTest.StartAsync();
        var ticket = await test.AddTicketAsync("Hello");
        for (var i = 1; i <= 30; i++) await AddMessageAsync(test, ticket, $"Message {i}");
        var page = test.Render<TicketPage>(set => set.Add(part => part.Id, ticket.Id));
        var button = page.WaitForElement(".earlier", Patience);
        Assert.Equal(["Message 1", "Message 19"], Texts(page).Take(2));

        await button.ClickAsync(new());

        Assert.Equal(30, Texts(page).Length);
    }

    [Fact]
    public async Task A_ticket_that_does_not_exist_is_said_not_to()
    {
        await using var test = await PageTest.StartAsync();
        var page = test.Render<TicketPage>(set => set.Add(part => part.Id, 4711));

        page.WaitForAssertion(() => Assert.Equal("This ticket does not exist", page.Find("h1").TextContent), Patience);
    }

    private static string[] Texts(IRenderedComponent<TicketPage> page) => [.. page.FindAll("article.message .plain-text").Select(part => part.TextContent.Trim())];

    private static async Task AddMessageAsync(PageTest test, Ticket ticket, string text)
    {
        await using var db = test.Db();
        var now = DateTime.UtcNow;
        db.Add(new TicketMessage { TicketId = ticket.Id, FromAddress = "anna@example.org", Subject = ticket.Subject, Text = text, Date = now, CreatedAt = now });
        await db.SaveChangesAsync();
        await db.Tickets.Where(row => row.Id == ticket.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.UpdatedAt, now).SetProperty(row => row.MessageCount, row => row.MessageCount + 1));
    }
}
