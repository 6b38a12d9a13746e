using Xunit.Sdk;

namespace HelpdeskMail.E2E.Fixtures;

/// <summary>Runs a journey and, when it fails, tells what the visitor saw and what the portal said.</summary>
public static class Journey
{
    public static async Task RunAsync(Visitor visitor, Func<Visitor, Task> steps)
    {
        try
        {
            await steps(visitor);
        }
        catch (Exception e)
        {
            var picture = Path.Combine(Path.GetTempPath(), $"helpdesk-journey-{Guid.NewGuid():N}.png");
            await visitor.Page.ScreenshotAsync(new() { Path = picture, FullPage = true });
            var text = await visitor.Page.Locator("body").InnerTextAsync();
            var log = string.Join('\n', visitor.Portal.Log.Split('\n').TakeLast(40));
            throw new XunitException($"{e.Message}\n== at {visitor.Page.Url}, picture {picture}\n== page\n{text}\n== console\n{string.Join('\n', visitor.Complaints)}\n== portal\n{log}", e);
        }
    }
}
