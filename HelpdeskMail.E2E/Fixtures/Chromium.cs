using Microsoft.Playwright;

namespace HelpdeskMail.E2E.Fixtures;

/// <summary>Debian's Chromium, driven by Playwright; one browser a test process. Playwright's own downloads are never used.</summary>
public static class Chromium
{
    private const string Executable = "/usr/bin/chromium";

    private static readonly string[] Arguments =
    [
        "--no-sandbox", // the tests run as root, the pages are our own
        "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--force-color-profile=srgb", "--font-render-hinting=none",
    ];

    private static readonly Lazy<Task<IBrowser>> Browser = new(LaunchAsync);

    /// <summary>Null when the browser is there; otherwise the reason that skipped tests show.</summary>
    public static string? WhyNot { get; } = File.Exists(Executable) ? null : $"No {Executable}: apt-get install chromium";

    public static Task<IBrowser> LaunchedAsync() => Browser.Value;

    private static async Task<IBrowser> LaunchAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = Arguments, Headless = true, Timeout = 60_000 });
    }
}
