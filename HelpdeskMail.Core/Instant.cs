namespace HelpdeskMail.Core;

/// <summary>A transaction's time as a clock.</summary>
internal sealed class Instant(DateTime now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(now);
}
