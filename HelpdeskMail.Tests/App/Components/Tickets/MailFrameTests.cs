using Bunit;
using HelpdeskMail.App.Components.Pages.Tickets;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Tickets;

public sealed class MailFrameTests
{
    [Fact]
    public async Task Remote_content_is_fetched_only_after_somebody_asks_for_it()
    {
        await using var test = await PageTest.StartAsync();
        var frame = test.Render<MailFrame>(set => set.Add(part => part.MessageId, 7).Add(part => part.From, "Anna").Add(part => part.Blocked, 1));
        Assert.Equal("/messages/7/html", frame.Find("iframe").GetAttribute("src"));

        await frame.Find(".remote-bar button").ClickAsync(new());

        Assert.Equal("/messages/7/html?remote=true", frame.Find("iframe").GetAttribute("src"));
        Assert.Empty(frame.FindAll(".remote-bar"));
    }

    [Fact]
    public async Task The_frame_can_run_no_script_and_leaves_no_trace_of_us()
    {
        await using var test = await PageTest.StartAsync();
        var frame = test.Render<MailFrame>(set => set.Add(part => part.MessageId, 7).Add(part => part.From, "Anna")).Find("iframe");

        Assert.Equal("allow-same-origin allow-popups allow-popups-to-escape-sandbox", frame.GetAttribute("sandbox"));
        Assert.Equal("no-referrer", frame.GetAttribute("referrerpolicy"));
        Assert.NotEmpty(frame.GetAttribute("title")!);
    }
}
