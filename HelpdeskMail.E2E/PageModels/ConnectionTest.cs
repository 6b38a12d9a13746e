using Microsoft.Playwright;

namespace HelpdeskMail.E2E.PageModels;

/// <summary>The steps that a page shows after "Test connection" or "Send test mail".</summary>
internal sealed class ConnectionTest(IPage page)
{
    private static readonly LocatorWaitForOptions UntilDone = new() { Timeout = 40_000 };

    private ILocator Section => page.Locator(".test-steps");

    public Task PassedAsync() => Section.Filter(new() { HasText = "Everything works" }).WaitForAsync(UntilDone);

    /// <summary>Waits for a test that failed with these words (an earlier result may still be shown); all words of the failed step.</summary>
    public async Task<string> FailedAsync(string words)
    {
        var failed = Section.Filter(new() { HasText = "Did not get through" }).Locator("li").Last.Filter(new() { HasText = words });
        await failed.WaitForAsync(UntilDone);
        return await failed.InnerTextAsync();
    }

    public Task TrustAsync() => Section.GetByRole(AriaRole.Button, new() { Name = "Trust this certificate" }).ClickAsync();
}
