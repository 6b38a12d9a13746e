using System.Net;
using Xunit;

namespace HelpdeskMail.Tests.App.Account;

public sealed class LoginTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    private const string Email = "ann@helpdesk.test";
    private const string Password = "correct horse";

    [Theory]
    [InlineData("/")]
    [InlineData("/mailboxes")]
    [InlineData("/tickets/1")]
    [InlineData("/messages/1/raw")]
    [InlineData("/messages/1/attachments/0")]
    [InlineData("/account/password")]
    [InlineData("/no-such-page")]
    public async Task AnyPage_WithoutLogin_GoesToLogin(string url)
    {
        var portal = fixture.Portal;
        using var browser = new Browser(portal.Url);
        var page = await browser.GetAsync(url);
        Assert.Equal(HttpStatusCode.Found, page.Status);
        Assert.Equal($"/account/login?returnUrl={Uri.EscapeDataString(url)}", new Uri(page.Location!).PathAndQuery);
    }

    [Theory]
    [InlineData("/account/login")]
    [InlineData("/healthz/live")]
    [InlineData("/healthz/ready")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/app.css")]
    [InlineData("/_content/Radzen.Blazor/Radzen.Blazor.min.js")]
    public async Task WhatComesBeforeLogin_NeedsNone(string url)
    {
        var portal = fixture.Portal;
        using var browser = new Browser(portal.Url);
        var page = await browser.GetAsync(url);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.True(page.Html.Length > 10);
    }

    [Theory]
    [InlineData("/mailboxes?q=1", "/mailboxes?q=1")]
    [InlineData("https://evil.test/", "/")]
    [InlineData("//evil.test", "/")]
    [InlineData("/\\evil.test", "/")]
    [InlineData("javascript:alert(1)", "/")]
    public async Task Login_ReturnUrl_StaysInThePortal(string returnUrl, string expected)
    {
        var portal = fixture.Portal;
        await portal.RunAsync(["user", "add", Email, "--role", "Agent"], Password + "\n");
        using var browser = new Browser(portal.Url);
        var page = await browser.LogInAsync(Email, Password, "?returnUrl=" + Uri.EscapeDataString(returnUrl));
        Assert.Equal(HttpStatusCode.Found, page.Status);
        Assert.Equal(new Uri(portal.Url, expected), new Uri(portal.Url, page.Location));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/password")).Status);
    }

    [Fact]
    public async Task Login_FiveWrongPasswords_LocksEvenTheRightOneOut()
    {
        await using var portal = await StartAsync();
        using var browser = new Browser(portal.Url);
        for (var attempt = 0; attempt < 5; attempt++) Assert.NotEmpty((await browser.LogInAsync(Email, "wrong")).Alert);

        var page = await browser.LogInAsync(Email, Password);

        Assert.Contains("Too many", page.Alert, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/account/password")).Status);
    }

    [Fact]
    public async Task Login_UnknownUser_SaysTheSameAsWrongPassword()
    {
        await using var portal = await StartAsync();
        using var browser = new Browser(portal.Url);
        Assert.Equal((await browser.LogInAsync(Email, "wrong")).Alert, (await browser.LogInAsync("nobody@helpdesk.test", "wrong")).Alert);
    }

    [Fact]
    public async Task Login_WithoutAntiforgeryToken_IsRefused()
    {
        await using var portal = await StartAsync();
        using var browser = new Browser(portal.Url);
        using var form = new FormUrlEncodedContent([new("_handler", "login"), new("Input.Email", Email), new("Input.Password", Password)]);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/account/login", form)).Status);
    }

    [Fact]
    public async Task Logout_WithoutAntiforgeryToken_IsRefused()
    {
        await using var portal = await StartAsync();
        using var browser = new Browser(portal.Url);
        await browser.LogInAsync(Email, Password);
        using var form = new FormUrlEncodedContent([]);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/account/logout", form)).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/password")).Status);
    }

    [Fact]
    public async Task ChangePassword_KnowingThePresentOne_TakesTheNewOne()
    {
        await using var portal = await StartAsync();
        using var browser = new Browser(portal.Url);
        await browser.LogInAsync(Email, Password);
        var form = await browser.GetAsync("/account/password");
        Assert.Contains("wrong", (await ChangeAsync("not this one")).Alert, StringComparison.Ordinal);

        Assert.Contains("is changed", (await ChangeAsync(Password)).Text, StringComparison.Ordinal);

        using var again = new Browser(portal.Url);
        Assert.NotEmpty((await again.LogInAsync(Email, Password)).Alert);
        Assert.Equal(HttpStatusCode.Found, (await again.LogInAsync(Email, "battery staple")).Status);

        Task<Page> ChangeAsync(string present) => browser.SubmitAsync(form, ("Input.Present", present), ("Input.Password", "battery staple"), ("Input.Repeat", "battery staple"));
    }

    private static async Task<RunningPortal> StartAsync()
    {
        var portal = await RunningPortal.StartAsync();
        Assert.Equal(0, (await portal.RunAsync(["user", "add", Email, "--role", "Agent"], Password + "\n")).Code);
        return portal;
    }
}
