using System.Net;
using HelpdeskMail.Core.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HelpdeskMail.Tests.App.Account;

public sealed class ClaimTests
{
    private const string Password = "correct horse";

    [Fact]
    public async Task ClaimLink_FirstVisitor_BecomesAdministratorOnce()
    {
        await using var portal = await RunningPortal.StartAsync();
        using var browser = new Browser(portal.Url);
        var link = portal.ClaimLink!;

        var done = await ClaimAsync(browser, link, "ann@helpdesk.test");
        Assert.Equal(HttpStatusCode.Found, done.Status);
        var home = await browser.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, home.Status);

        await using (var scope = portal.Get<IServiceScopeFactory>().CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<HelpdeskUser>>();
            Assert.True(await users.IsInRoleAsync((await users.FindByEmailAsync("ann@helpdesk.test"))!, Roles.Administrator));
        }

        Assert.Contains("not valid", (await browser.GetAsync(link)).Text, StringComparison.Ordinal);
        await portal.StartAgainAsync();
        Assert.Null(portal.ClaimLink);
    }

    [Fact]
    public async Task ClaimLink_SentTwiceAtOnce_MakesOneAdministrator()
    {
        await using var portal = await RunningPortal.StartAsync();
        using var first = new Browser(portal.Url);
        using var second = new Browser(portal.Url);
        var link = portal.ClaimLink!;
        var forms = new[] { await first.GetAsync(link), await second.GetAsync(link) };

        var answers = await Task.WhenAll(SendAsync(first, forms[0], "ann@helpdesk.test"), SendAsync(second, forms[1], "eve@helpdesk.test"));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Found);
    }

    [Fact]
    public async Task ClaimLink_WrongToken_OffersNothing()
    {
        await using var portal = await RunningPortal.StartAsync();
        using var browser = new Browser(portal.Url);
        var page = await browser.GetAsync("/claim?token=0123456789");
        Assert.Null(page.Document.QuerySelector("form"));
    }

    [Fact]
    public async Task Claim_ShortPassword_IsRefusedAndLinkStaysGood()
    {
        await using var portal = await RunningPortal.StartAsync();
        using var browser = new Browser(portal.Url);
        var link = portal.ClaimLink!;
        var page = await browser.SubmitAsync(await browser.GetAsync(link), ("Input.Name", "Ann"), ("Input.Email", "ann@helpdesk.test"), ("Input.Password", "short"), ("Input.Repeat", "short"));
        Assert.Contains("at least 8", page.Alert, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await ClaimAsync(browser, link, "ann@helpdesk.test")).Status);
    }

    private static async Task<Page> ClaimAsync(Browser browser, string link, string email) => await SendAsync(browser, await browser.GetAsync(link), email);

    private static Task<Page> SendAsync(Browser browser, Page form, string email) =>
        browser.SubmitAsync(form, ("Input.Name", "Ann"), ("Input.Email", email), ("Input.Password", Password), ("Input.Repeat", Password));
}
