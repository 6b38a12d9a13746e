namespace HelpdeskMail.Core.Mailboxes;

/// <summary>Says what to do about a kind of error, by provider where it is a known one.</summary>
public static class ErrorAdvice
{
    public static string For(MailboxErrorKind kind, string host) => $"{kind} {host}";
}
