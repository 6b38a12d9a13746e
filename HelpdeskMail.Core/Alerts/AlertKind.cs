namespace HelpdeskMail.Core.Alerts;

/// <summary>Names are stored: rename never.</summary>
public enum AlertKind
{
    MailboxFailed,
    MailboxRecovered,
}
