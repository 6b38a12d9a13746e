using Bunit;
using HelpdeskMail.App.Components.Pages.Users;
using HelpdeskMail.Core.Access;
using Radzen;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Users;

public sealed class TokenCardTests
{
    [Fact]
    public async Task Token_IsShownOnce_AndStopsWorkingWhenRevoked()
    {
        await using var portal = await PortalContext.StartAsync();
        var card = portal.Render<TokenCard>();
        await card.FindAll("button").Single(button => button.TextContent.Contains("Create token", StringComparison.Ordinal)).ClickAsync(new());
        card.Find("#name").Change("CRM export");
        await card.Find("form").SubmitAsync();
        var token = card.WaitForElement("pre").TextContent;
        Assert.Equal("CRM export", (await portal.Get<ApiTokens>().FindAsync(token))!.Name);

        await card.FindAll("button").Single(button => button.TextContent.Contains("Done", StringComparison.Ordinal)).ClickAsync(new());
        Assert.DoesNotContain(token, card.Markup, StringComparison.Ordinal);

        var click = card.WaitForElement("[aria-label='Revoke CRM export']").ClickAsync(new());
        await card.InvokeAsync(() => portal.Get<DialogService>().Close(true));
        await click.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Null(await portal.Get<ApiTokens>().FindAsync(token));
    }
}
