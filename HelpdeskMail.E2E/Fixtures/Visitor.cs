using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace HelpdeskMail.E2E.Fixtures;

/// <summary>Somebody with a browser of their own (cookies, colours, window) in front of a portal.</summary>
public sealed class Visitor : IAsyncDisposable
{
    /// <summary>Where HELPDESK_SHOTS says that pictures of pages go; none are taken without it.</summary>
    private static readonly string? Shots = Environment.GetEnvironmentVariable("HELPDESK_SHOTS");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    private Visitor(IBrowserContext context, IPage page, Portal portal)
    {
        _context = context;
        Page = page;
        Portal = portal;
        Page.PageError += (_, error) => _complaints.Enqueue($"script error: {error}");
        Page.Console += (_, message) =>
        {
            if (message.Type == "error") _complaints.Enqueue($"console: {message.Text} ({message.Location})");
        };
    }

    public IPage Page { get; }

    public Portal Portal { get; }

    /// <summary>Errors that the browser's console showed.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public static async Task<Visitor> ComeAsync(Portal portal, int width = 1400, int height = 900, bool dark = false)
    {
        var browser = await Chromium.LaunchedAsync();
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = portal.Url,
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
            TimezoneId = "Europe/Berlin",
        });
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        if (dark)
            await context.AddCookiesAsync([new() { Name = "theme", Value = "material-dark", Url = portal.Url }]);
        return new Visitor(context, await context.NewPageAsync(), portal);
    }

    /// <summary>Opens a page and waits until it answers to clicks, not only until it is drawn.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await InteractiveAsync();
    }

    /// <summary>Opens a page, be it a plain one, and waits until it shows what it has loaded.</summary>
    public async Task GoAndReadAsync(string path)
    {
        await Page.GotoAsync(path);
        await Page.WaitForFunctionAsync("() => (!document.querySelector('.shell') || document.querySelector('[data-interactive=true], main form[method=post]')) && !document.querySelector('main .loading')");
    }

    /// <summary>A second page of the same visitor.</summary>
    public async Task<IPage> OpenTabAsync(string path)
    {
        var page = await _context.NewPageAsync();
        await page.GotoAsync(path);
        await page.Locator("[data-interactive=true]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        return page;
    }

    public Task InteractiveAsync() => Page.Locator("[data-interactive=true]").WaitForAsync(new() { State = WaitForSelectorState.Attached });

    public async Task LogInAsync(string email, string password)
    {
        await Page.GotoAsync("/account/login");
        await Page.GetByLabel("E-mail address").FillAsync(email);
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await InteractiveAsync();
    }

    /// <summary>No violation of the accessibility rules that axe calls serious or critical.</summary>
    public async Task AssertAccessibleAsync(string where)
    {
        var grave = await GraveViolationsAsync(where);
        Assert.True(grave.Count == 0, string.Join('\n', grave));
    }

    /// <summary>One text for each violation of a rule that axe calls serious or critical.</summary>
    public async Task<IReadOnlyList<string>> GraveViolationsAsync(string where)
    {
        var result = await Page.RunAxe(new AxeRunOptions { Iframes = false }); // the frames of mails run no script, axe's neither
        return [.. result.Violations
            .Where(violation => violation.Impact is "serious" or "critical")
            .SelectMany(violation => violation.Nodes.Take(3).Select(node => $"{where}: {violation.Id} ({violation.Impact}): {violation.Help}\n    {node.Html}"))];
    }

    public async Task ShotAsync(string name)
    {
        if (Shots is not null)
            await Page.ScreenshotAsync(new() { Path = Path.Combine(Shots, name + ".png"), FullPage = false });
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
