namespace HelpdeskMail.Tests;

/// <summary>A clock that tells the real time plus what a test has put it forward; timers run in real time.</summary>
public sealed class TestClock : TimeProvider
{
    private TimeSpan ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;

    public void Advance(TimeSpan by) => ahead += by;
}
