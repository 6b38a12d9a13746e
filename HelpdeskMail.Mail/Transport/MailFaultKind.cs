namespace HelpdeskMail.Mail.Transport;

/// <summary>What went wrong with a connection, as opposed to what a server refused (see <see cref="RefusalKind"/>).</summary>
public enum MailFaultKind
{
    ResolveFailed,
    ConnectRefused,
    ConnectTimeout,
    ConnectFailed,
    TlsFailed,
    TlsNotOffered,
    CertificateRefused,
    Timeout,
    Disconnected,

    /// <summary>The server said something outside the protocol, or more than our limits allow.</summary>
    Malformed,
}
