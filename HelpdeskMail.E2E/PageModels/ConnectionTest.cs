using Microsoft.Playwright;

namespace HelpdeskMail.E2E.PageModels;

/// <summary>The steps that a page shows after "Test connection" or "Send test mail".</summary>
internal sealed class ConnectionTest(IPage page)
{
    private static readonly LocatorWaitForOptions UntilDone = new() { Timeout = 40_000 };

    private ILocator Section => page.Locator(".test-steps");

    /// <summary>Waits for the end; the words of all steps.</summary>
    public async Task<string> PassedAsync()
    {
        await Section.GetByText("Everything works").Or(Section.GetByText("Did not get through")).WaitForAsync(UntilDone);
        var words = await Section.InnerTextAsync();
        return words.Contains("Everything works", StringComparison.Ordinal) ? words : throw new InvalidOperationException($"The test failed: {words}");
    }

    /// <summary>Waits for the end; the words of the failed step.</summary>
    public async Task<string> FailedAsync()
    {
        await Section.GetByText("Did not get through").WaitForAsync(UntilDone);
        return await Section.Locator("li").Last.InnerTextAsync();
    }

    public Task TrustAsync() => Section.GetByRole(AriaRole.Button, new() { Name = "Trust this certificate" }).ClickAsync();
}
