namespace HelpdeskMail.Core.Outbound;

/// <summary>When a deferred recipient is tried again: soon at first, then every few hours, and no more after three days (RFC 5321 §4.5.4.1 asks for 4–5 days
/// of a relay; a person who waits for an answer wants to know earlier).</summary>
internal static class SendBackoff
{
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(3);

    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4)];

    /// <param name="attempts">Attempts so far.</param>
    /// <param name="dice">0 to 1.</param>
    public static TimeSpan After(int attempts, double dice) => Pauses[Math.Clamp(attempts - 1, 0, Pauses.Length - 1)] * (0.9 + (0.2 * dice));
}
