using Xunit;

namespace HelpdeskMail.Tests;

/// <summary>A fact that needs the real mail servers of <see cref="MailRig"/>; skipped, with the reason, where they cannot run.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RigFactAttribute : FactAttribute
{
    public RigFactAttribute() => Skip = RigAvailability.WhyNot;
}

/// <summary><see cref="RigFactAttribute"/> with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RigTheoryAttribute : TheoryAttribute
{
    public RigTheoryAttribute() => Skip = RigAvailability.WhyNot;
}
