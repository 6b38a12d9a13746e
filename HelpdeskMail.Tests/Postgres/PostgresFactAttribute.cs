using Xunit;

namespace HelpdeskMail.Tests;

/// <summary>A fact that needs a real PostgreSQL (<see cref="PostgresFixture"/>); skipped, with the reason, where none can run.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresAvailability.WhyNot;
}

/// <summary><see cref="PostgresFactAttribute"/> with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute() => Skip = PostgresAvailability.WhyNot;
}
