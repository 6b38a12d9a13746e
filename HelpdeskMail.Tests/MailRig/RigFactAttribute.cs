using Xunit;
using Xunit.Sdk;

namespace HelpdeskMail.Tests;

/// <summary>A fact that needs the real mail servers of <see cref="MailRig"/>; skipped, with the reason, where they cannot run.</summary>
[AttributeUsage(AttributeTargets.Method)]
[TraitDiscoverer(NeedsServersDiscoverer.Name, NeedsServersDiscoverer.Assembly)]
public sealed class RigFactAttribute : FactAttribute, ITraitAttribute
{
    public RigFactAttribute() => Skip = RigAvailability.WhyNot;
}

/// <summary><see cref="RigFactAttribute"/> with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
[TraitDiscoverer(NeedsServersDiscoverer.Name, NeedsServersDiscoverer.Assembly)]
public sealed class RigTheoryAttribute : TheoryAttribute, ITraitAttribute
{
    public RigTheoryAttribute() => Skip = RigAvailability.WhyNot;
}
