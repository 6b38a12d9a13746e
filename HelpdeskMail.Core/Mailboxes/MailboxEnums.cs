namespace HelpdeskMail.Core.Mailboxes;

public enum MailboxProtocol
{
    Imap,
    Pop3,
}

public enum Encryption
{
    None,
    StartTls,
    Tls,
}

public enum AfterFetch
{
    Archive,
    Delete,
    MarkRead,
}

public enum DispatchMode
{
    Queue,
    Recipient,
}

public enum Validity
{
    Valid,
    Invalid,
    TemporarilyInvalid,
}

public enum MailboxState
{
    Never,
    Ok,
    Error,
    Working,
}

/// <summary>How a mailbox hears of new mail between two fetches of its interval.</summary>
public enum PushState
{
    /// <summary>It doesn't: push is off, or POP3, or nobody watches now.</summary>
    None,

    /// <summary>The server tells at once (IDLE).</summary>
    Waiting,

    /// <summary>The server can't; it is asked every minute over a connection kept open (NOOP).</summary>
    Asking,

    /// <summary>The connection was lost, and is made again at <see cref="MailboxStatus.PushRetryAt"/>.</summary>
    Reconnecting,
}

/// <summary>The kinds of failure an administrator can act on.</summary>
public enum MailboxErrorKind
{
    UnknownHost,
    ConnectionRefused,
    ConnectionTimeout,
    ConnectionLost,
    TlsFailed,
    CertificateRefused,
    AuthenticationFailed,
    FolderMissing,
    PermissionDenied,
    ServerRefused,
    ProtocolFault,
    Storage,
    Other,
}
