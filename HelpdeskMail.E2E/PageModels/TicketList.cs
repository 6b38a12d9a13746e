using Microsoft.Playwright;

namespace HelpdeskMail.E2E.PageModels;

internal sealed class TicketList(IPage page)
{
    public ILocator Rows => page.Locator("tr[data-ticket]");

    /// <summary>Waits until the list says that there is no ticket.</summary>
    public Task EmptyAsync() => page.Locator(".ticket-list .empty").WaitForAsync();

    /// <summary>Waits until the list shows the ticket by itself; it is never reloaded here.</summary>
    public async Task WaitForAsync(string subject)
    {
        var link = Link(subject);
        var pill = page.Locator(".new-rows button"); // offered instead while somebody is busy in the list
        await link.Or(pill).First.WaitForAsync(new() { Timeout = 30_000 });
        if (await pill.CountAsync() > 0)
            await pill.ClickAsync();
        await link.WaitForAsync();
    }

    public async Task OpenAsync(string subject)
    {
        await Link(subject).ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("/tickets/", StringComparison.Ordinal));
    }

    private ILocator Link(string subject) => page.GetByRole(AriaRole.Link, new() { Name = subject, Exact = true });
}
