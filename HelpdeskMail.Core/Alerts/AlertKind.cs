namespace HelpdeskMail.Core.Alerts;

/// <summary>Names are stored: rename never.</summary>
public enum AlertKind
{
    MailboxFailed,
    MailboxRecovered,

    /// <summary>The loop guard has stopped a sender.</summary>
    SenderStopped,

    /// <summary>A provider wants a forwarding confirmed.</summary>
    ConfirmationWaits,

    /// <summary>A mail of the user's could not be delivered.</summary>
    MailReturned,

    /// <summary>Somebody complains of a mail of the user's as abuse.</summary>
    MailComplaint,
}
