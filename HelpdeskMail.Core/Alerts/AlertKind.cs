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
}
