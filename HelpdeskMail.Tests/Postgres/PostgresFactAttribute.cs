using Xunit;
using Xunit.Sdk;

namespace HelpdeskMail.Tests;

/// <summary>A fact that needs a real PostgreSQL (<see cref="PostgresFixture"/>); skipped, with the reason, where none can run.</summary>
[AttributeUsage(AttributeTargets.Method)]
[TraitDiscoverer(NeedsServersDiscoverer.Name, NeedsServersDiscoverer.Assembly)]
public sealed class PostgresFactAttribute : FactAttribute, ITraitAttribute
{
    public PostgresFactAttribute() => Skip = PostgresAvailability.WhyNot;
}

/// <summary><see cref="PostgresFactAttribute"/> with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
[TraitDiscoverer(NeedsServersDiscoverer.Name, NeedsServersDiscoverer.Assembly)]
public sealed class PostgresTheoryAttribute : TheoryAttribute, ITraitAttribute
{
    public PostgresTheoryAttribute() => Skip = PostgresAvailability.WhyNot;
}
