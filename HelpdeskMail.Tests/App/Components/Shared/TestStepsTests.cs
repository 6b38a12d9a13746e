using System.Threading.Channels;
using Bunit;
using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Mailboxes;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Shared;

public sealed class TestStepsTests
{
    [Fact]
    public async Task Steps_ShowOneByOneAsTheyCome()
    {
        await using var portal = await PortalContext.StartAsync();
        var steps = Channel.CreateUnbounded<TestStep>();
        var shown = portal.Render<TestSteps>(with => with.Add(test => test.Title, "Connection test"));
        var run = shown.InvokeAsync(() => shown.Instance.RunAsync((_, cancel) => steps.Reader.ReadAllAsync(cancel)));

        await steps.Writer.WriteAsync(new TestStep("resolve", Ok: true, 3, "mail.example.test is 192.0.2.1.", null));
        shown.WaitForAssertion(() => Assert.Contains("Find the server", shown.Markup, StringComparison.Ordinal));
        Assert.Contains("Next step", shown.Markup, StringComparison.Ordinal);

        await steps.Writer.WriteAsync(new TestStep("login", Ok: false, 12, "User name or password is wrong.", "NO [AUTHENTICATIONFAILED] <b>no</b>"));
        steps.Writer.Complete();
        await run;
        Assert.Equal("NO [AUTHENTICATIONFAILED] <b>no</b>", shown.Find("pre").TextContent);
        Assert.Contains("Did not get through", shown.Find(".state-bad").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusedCertificate_IsOfferedForTrustByItsHash()
    {
        await using var portal = await PortalContext.StartAsync();
        string? trusted = null;
        var shown = portal.Render<TestSteps>(with => with.Add(test => test.Title, "Connection test").Add(test => test.Trust, hash => trusted = hash));
        await shown.InvokeAsync(() => shown.Instance.RunAsync((_, _) => Scripted(new TestStep("tls", Ok: false, 1, "Self-signed.", null, "ab12"))));

        Assert.Contains("ab12", shown.Find("pre").TextContent, StringComparison.Ordinal);
        await shown.FindAll("button").Single(button => button.TextContent.Contains("Trust this certificate", StringComparison.Ordinal)).ClickAsync(new());
        Assert.Equal("ab12", trusted);
    }

    [Fact]
    public async Task PassedTest_OffersTheProbe_AndRunsItWithConsentOnly()
    {
        await using var portal = await PortalContext.StartAsync();
        var probes = new List<bool>();
        var shown = portal.Render<TestSteps>(with => with.Add(test => test.Title, "Connection test").Add(test => test.CanProbe, value: true));
        await shown.InvokeAsync(() => shown.Instance.RunAsync((options, _) =>
        {
            probes.Add(options.Probe);
            return Scripted([new TestStep("rights", Ok: true, 1, "May be changed.", null, Warning: true), .. options.Probe ? new[] { new TestStep("probe", Ok: true, 1, "Moved and deleted.", null) } : []]);
        }));

        Assert.Contains("Works, with notes", shown.Find(".state-warn").TextContent, StringComparison.Ordinal);
        await shown.FindAll("button").Single(button => button.TextContent.Contains("Try moving and deleting", StringComparison.Ordinal)).ClickAsync(new());
        Assert.Equal([false, true], probes);
        Assert.DoesNotContain(shown.FindAll("button"), button => button.TextContent.Contains("Try moving and deleting", StringComparison.Ordinal));
    }

    private static async IAsyncEnumerable<TestStep> Scripted(params TestStep[] steps)
    {
        foreach (var step in steps)
        {
            await Task.Yield();
            yield return step;
        }
    }
}
