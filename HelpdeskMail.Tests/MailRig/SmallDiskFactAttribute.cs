using Xunit;
using Xunit.Sdk;

namespace HelpdeskMail.Tests;

/// <summary>A fact that needs a <see cref="SmallDisk"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
[TraitDiscoverer(NeedsServersDiscoverer.Name, NeedsServersDiscoverer.Assembly)]
public sealed class SmallDiskFactAttribute : FactAttribute, ITraitAttribute
{
    public SmallDiskFactAttribute() => Skip = RigAvailability.WhyNot ?? SmallDisk.WhyNot;
}
