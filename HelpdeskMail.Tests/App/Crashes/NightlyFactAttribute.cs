using Xunit;
using Xunit.Sdk;

namespace HelpdeskMail.Tests.App.Crashes;

/// <summary>A fact of many minutes, with the trait Needs=night: not part of <c>./dev.sh test</c>, run by <c>./dev.sh test-kills</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
[TraitDiscoverer(NeedsNightDiscoverer.Name, NeedsServersDiscoverer.Assembly)]
public sealed class NightlyFactAttribute : FactAttribute, ITraitAttribute
{
    public NightlyFactAttribute() => Skip = RigAvailability.WhyNot ?? PostgresAvailability.WhyNot;
}
