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
