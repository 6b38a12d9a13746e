namespace HelpdeskMail.Core.Mailboxes.Health;

/// <summary>When an administrator should know that the server's certificate runs out: early enough to do something about it.</summary>
public static class CertificateWarning
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(21);

    public static bool IsDue(MailboxStatus status, DateTime now) => status.CertificateExpiresAt is { } end && end - now < Ahead;
}
