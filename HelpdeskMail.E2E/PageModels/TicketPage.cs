using Microsoft.Playwright;

namespace HelpdeskMail.E2E.PageModels;

internal sealed class TicketPage(IPage page)
{
    public ILocator Messages => page.Locator("article.message");

    public ILocator MessageWith(string text) => Messages.Filter(new() { HasText = text });

    public async Task ReplyAsync(string text)
    {
        await page.Locator("#reply-text").FillAsync(text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await MessageWith(text).WaitForAsync();
    }
}
