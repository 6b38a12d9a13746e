using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Fetching;

/// <summary>How long the schedule waits after failures in a row, with jitter so that mailboxes of one server don't come back all at once.</summary>
internal static class FetchBackoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    // Servers lock accounts after a handful of wrong passwords within minutes or an hour: nobody mends a password by trying again.
    private static readonly TimeSpan FirstAfterLogin = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestAfterLogin = TimeSpan.FromHours(6);

    /// <param name="streak">Failures in a row, this one counted.</param>
    /// <param name="dice">0 to 1.</param>
    public static TimeSpan After(MailboxErrorKind kind, int streak, double dice)
    {
        var (first, longest) = IsAboutLogin(kind) ? (FirstAfterLogin, LongestAfterLogin) : (First, Longest);
        var pause = first * Math.Pow(2, Math.Clamp(streak - 1, 0, 16));
        return (pause < longest ? pause : longest) * (0.8 + (0.4 * dice));
    }

    /// <summary>Whether trying again too often may lock the account.</summary>
    public static bool IsAboutLogin(MailboxErrorKind kind) => kind is MailboxErrorKind.AuthenticationFailed or MailboxErrorKind.PermissionDenied;
}
