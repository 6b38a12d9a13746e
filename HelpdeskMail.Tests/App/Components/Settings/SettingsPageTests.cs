using Bunit;
using HelpdeskMail.App.Components.Pages.Settings;
using HelpdeskMail.Core.Settings;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Settings;

public sealed class SettingsPageTests
{
    private static readonly string Threshold = Parameters.LoopThreshold.Key;

    [Fact]
    public async Task WrongValue_IsRefusedAtItsField()
    {
        await using var portal = await PortalContext.StartAsync();
        var page = portal.Render<SettingsPage>();
        page.WaitForElement($"[id='{Threshold}']").Change("many");
        await page.Find("form").SubmitAsync();
        page.WaitForElement($"[id='{Threshold}-error']");
        Assert.Equal(20, await portal.Get<SettingsStore>().GetAsync(Parameters.LoopThreshold));
    }

    [Fact]
    public async Task SavedValue_Holds_AndCanGoBackToTheDefault()
    {
        await using var portal = await PortalContext.StartAsync();
        var page = portal.Render<SettingsPage>();
        page.WaitForElement($"[id='{Threshold}']").Change("35");
        await page.Find("form").SubmitAsync();
        Assert.Equal(35, await portal.Get<SettingsStore>().GetAsync(Parameters.LoopThreshold));

        await page.WaitForElement("button.link-button").ClickAsync(new());
        await page.Find("form").SubmitAsync();
        Assert.Equal(20, await portal.Get<SettingsStore>().GetAsync(Parameters.LoopThreshold));
    }

    [Fact]
    public async Task Switch_IsSwitched_NotTyped()
    {
        await using var portal = await PortalContext.StartAsync();
        var page = portal.Render<SettingsPage>();
        var tag = page.WaitForElement($"[id='{Parameters.TagReplyAddress.Key}']");
        Assert.Equal("checkbox", tag.GetAttribute("type"));
        tag.Change(true);
        await page.Find("form").SubmitAsync();
        Assert.True(await portal.Get<SettingsStore>().GetAsync(Parameters.TagReplyAddress));
    }
}
