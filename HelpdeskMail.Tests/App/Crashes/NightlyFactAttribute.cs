using Xunit;
using Xunit.Sdk;

namespace HelpdeskMail.Tests.App.Crashes;

/// <summary>A fact that runs only when asked for by HELPDESK_KILLS, and where the servers can run.</summary>
[AttributeUsage(AttributeTargets.Method)]
[TraitDiscoverer(NeedsServersDiscoverer.Name, NeedsServersDiscoverer.Assembly)]
public sealed class NightlyFactAttribute : FactAttribute, ITraitAttribute
{
    public NightlyFactAttribute() =>
        Skip = RigAvailability.WhyNot ?? PostgresAvailability.WhyNot ?? (Environment.GetEnvironmentVariable("HELPDESK_KILLS") is null ? "Many minutes: ./dev.sh test-kills 200" : null);
}
