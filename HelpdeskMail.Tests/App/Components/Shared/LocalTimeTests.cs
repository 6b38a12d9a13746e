using Bunit;
using HelpdeskMail.App.Components.Shared;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Shared;

public sealed class LocalTimeTests : BunitContext
{
    [Fact]
    public void Moment_IsWrittenInUtcForTheScriptToShowInTheViewersZone()
    {
        var time = Render<LocalTime>(with => with.Add(shown => shown.Value, new DateTime(2026, 3, 1, 23, 5, 7, DateTimeKind.Utc)));
        time.MarkupMatches("""<time class="nowrap" datetime="2026-03-01T23:05:07Z" data-local="datetime">2026-03-01 23:05 UTC</time>""");
    }

    [Fact]
    public void NoMoment_SaysSo() =>
        Render<LocalTime>(with => with.Add(shown => shown.Value, (DateTime?)null).Add(shown => shown.Empty, "never")).MarkupMatches("never");
}
