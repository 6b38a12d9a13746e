using Bunit;
using HelpdeskMail.App.Components.Pages.Tickets;
using HelpdeskMail.Core;
using HelpdeskMail.Core.Tickets;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Tickets;

public sealed class TicketListTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task The_url_says_which_tickets_are_shown()
    {
        await using var test = await PageTest.StartAsync();
        await test.AddTicketAsync("Closed one", ticket => ticket.State = TicketState.Closed);
        var mine = await test.AddTicketAsync("Mine", ticket => ticket.OwnerId = PageTest.Me);
        await test.AddTicketAsync("Nobody's");
        await using (var db = test.Db())
        {
            db.Add(new TicketMessage { TicketId = mine.Id, FromAddress = "anna@example.org", Subject = "Mine", Text = "Is it?" });
            await db.SaveChangesAsync();
        }

        Assert.Equal(["Nobody's", "Mine"], Shown(test, "/tickets"));
        Assert.Equal(["Mine"], Shown(test, "/tickets?owner=me"));
        Assert.Equal(["Nobody's"], Shown(test, "/tickets?owner=none"));
        Assert.Equal(["Closed one"], Shown(test, "/tickets?state=closed"));
        Assert.Equal(["Closed one", "Mine", "Nobody's"], Shown(test, "/tickets?state=all&sort=number&dir=asc"));
        Assert.Equal(["Mine"], Shown(test, "/tickets?q=mine"));
    }

    [Fact]
    public async Task A_choice_goes_into_the_url_and_back_to_the_first_page()
    {
        await using var test = await PageTest.StartAsync();
        await test.AddTicketAsync("Hello");
        var page = Open(test, "/tickets?owner=none&page=3");

        await page.Find("select[name=state]").ChangeAsync(new() { Value = "pending" });

        Assert.Equal("http://localhost/tickets?owner=none&state=pending", test.Navigation.Uri);
    }

    [Fact]
    public async Task A_new_ticket_appears_by_itself()
    {
        await using var test = await PageTest.StartAsync();
        await test.AddTicketAsync("First");
        var page = Open(test, "/tickets");

        await test.AddTicketAsync("Second");
        test.Live.Publish(LiveTopic.Tickets);

        page.WaitForAssertion(() => Assert.Equal(["Second", "First"], Subjects(page)), Patience);
    }

    [Fact]
    public async Task While_somebody_is_at_a_row_new_tickets_wait_and_what_is_shown_is_kept_up_to_date()
    {
        await using var test = await PageTest.StartAsync();
        test.Script.Setup<bool>("isReading", _ => true).SetResult(true);
        var first = await test.AddTicketAsync("First");
        var page = Open(test, "/tickets");

        await test.AddTicketAsync("Second");
        await using (var db = test.Db())
        {
            db.Attach(first).Entity.Subject = "First, renamed";
            await db.SaveChangesAsync();
        }

        test.Live.Publish(LiveTopic.Tickets);

        var button = page.WaitForElement(".new-rows button", Patience);
        Assert.Contains("1 new ticket", button.TextContent, StringComparison.Ordinal);
        Assert.Equal(["First, renamed"], Subjects(page));
        await button.ClickAsync(new());
        Assert.Equal(["Second", "First, renamed"], Subjects(page));
    }

    [Fact]
    public async Task Only_one_page_of_rows_is_loaded_and_the_next_is_a_link()
    {
        await using var test = await PageTest.StartAsync();
        for (var i = 0; i < TicketListQuery.PageSize + 1; i++) await test.AddTicketAsync($"Ticket {i}");

        var page = Open(test, "/tickets?owner=none");

        Assert.Equal(TicketListQuery.PageSize, Subjects(page).Length);
        Assert.Equal("http://localhost/tickets?owner=none&page=2", page.Find("a[rel=next]").GetAttribute("href"));
        Assert.Contains("of 51", page.Find(".pager").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Ticket 0"], Shown(test, "/tickets?owner=none&page=2"));
    }

    private static string[] Shown(PageTest test, string url) => Subjects(Open(test, url));

    private static IRenderedComponent<TicketList> Open(PageTest test, string url)
    {
        test.Navigation.NavigateTo(url);
        var page = test.Render<TicketList>();
        page.WaitForElement(".ticket-list:not(.is-loading)", Patience);
        return page;
    }

    private static string[] Subjects(IRenderedComponent<TicketList> page) => [.. page.FindAll("tbody .row-title").Select(link => link.TextContent.Trim())];
}
