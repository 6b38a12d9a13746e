using Bunit;
using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Shared;

public sealed class LoaderTests
{
    [Fact]
    public async Task Failure_IsSaid_AndTryingAgainMends()
    {
        await using var portal = await PortalContext.StartAsync();
        var broken = true;
        var loader = portal.Render<Loader<string>>(with => with
            .Add(shown => shown.Source, _ => broken ? throw new InvalidOperationException("no database") : Task.FromResult<string?>("the content"))
            .Add(shown => shown.ChildContent, content => $"<p>{content}</p>"));

        Assert.Contains("This could not be loaded", loader.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        broken = false;
        await loader.Find("button").ClickAsync(new());
        loader.MarkupMatches("<p>the content</p>");
    }

    [Fact]
    public async Task Change_ElsewhereLoadsAgain()
    {
        await using var portal = await PortalContext.StartAsync();
        var loads = 0;
        var loader = portal.Render<Loader<string>>(with => with
            .Add(shown => shown.Topic, LiveTopic.Mailboxes)
            .Add(shown => shown.Source, _ => Task.FromResult<string?>($"load {++loads}"))
            .Add(shown => shown.ChildContent, content => $"<p>{content}</p>"));

        portal.Get<LiveUpdates>().Publish(LiveTopic.Tickets);
        portal.Get<LiveUpdates>().Publish(LiveTopic.Mailboxes);
        loader.WaitForAssertion(() => loader.MarkupMatches("<p>load 2</p>"));
    }
}
