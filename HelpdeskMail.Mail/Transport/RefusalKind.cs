namespace HelpdeskMail.Mail.Transport;

public enum RefusalKind
{
    Other,

    /// <summary>Wrong user name or password, expired token, or log-in of this kind switched off for the account.</summary>
    AuthenticationFailed,

    /// <summary>None of the server's ways to log in fits the credentials we have.</summary>
    NoUsableMechanism,

    /// <summary>The server can't do it now and says so: try later.</summary>
    Unavailable,

    /// <summary>Another session holds the mailbox, or there are too many connections.</summary>
    InUse,
    MailboxNotFound,
    AlreadyExists,
    NoPermission,
    OverQuota,
    MessageTooLarge,
    SenderRefused,
    RecipientRefused,
    ContentRefused,

    /// <summary>The server does not know the command (BAD, 500, 502).</summary>
    NotUnderstood,
}
