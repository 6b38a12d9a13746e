using Xunit;

namespace HelpdeskMail.E2E.Fixtures;

/// <summary>A journey through the portal in a real browser with real mail servers; skipped, with the reason, where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class JourneyFactAttribute : FactAttribute
{
    public JourneyFactAttribute()
    {
        Skip = Chromium.WhyNot ?? RigAvailability.WhyNot;
        Timeout = 480_000;
    }
}
