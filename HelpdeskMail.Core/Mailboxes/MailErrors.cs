using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Core.Mailboxes;

/// <summary>Turns what the mail library throws into the kinds an administrator can act on.</summary>
public static class MailErrors
{
    public static MailboxErrorKind KindOf(MailException error) => error switch
    {
        MailProtocolException fault => KindOf(fault.Kind),
        MailRefusedException refused => KindOf(refused.Refusal.Kind),
        _ => MailboxErrorKind.Other,
    };

    /// <summary>The server's own words, verbatim, with whatever it explained besides.</summary>
    public static string? ServerWords(MailException error) => error switch
    {
        MailProtocolException fault => fault.ServerText ?? fault.InnerException?.Message,
        MailRefusedException { Refusal: var refusal } => string.Join(' ', new[] { refusal.Code.Length > 0 ? $"[{refusal.Code}]" : null, refusal.Text, refusal.Detail }.Where(word => !string.IsNullOrEmpty(word))),
        _ => null,
    };

    /// <summary>One sentence in plain words, without the server's.</summary>
    public static string PlainWords(MailException error) => error switch
    {
        MailRefusedException { Refusal: var refusal } => refusal.Kind switch
        {
            RefusalKind.AuthenticationFailed => "The server did not accept user name and password.",
            RefusalKind.NoUsableMechanism => "The server offers no way to log in that fits this account.",
            RefusalKind.Unavailable => "The server can't do it at the moment and asks to try again later.",
            RefusalKind.InUse => "The mailbox is in use by another connection, or there are too many connections.",
            RefusalKind.MailboxNotFound => "There is no such folder on the server.",
            RefusalKind.NoPermission => "The account has no permission for that.",
            RefusalKind.OverQuota => "The mailbox on the server is full.",
            RefusalKind.MessageTooLarge => "The message is larger than the server allows.",
            RefusalKind.SenderRefused => "The server does not let this account send from this address.",
            RefusalKind.RecipientRefused => "The server refused the recipient.",
            RefusalKind.ContentRefused => "The server refused the message.",
            RefusalKind.NotUnderstood => "The server does not understand what was asked of it.",
            _ => $"The server refused {refusal.Command}.",
        },
        _ => error.Text,
    };

    public static string? CertificateOf(MailException error) => (error as CertificateRefusedException)?.Certificate.Sha256;

    private static MailboxErrorKind KindOf(MailFaultKind kind) => kind switch
    {
        MailFaultKind.ResolveFailed => MailboxErrorKind.UnknownHost,
        MailFaultKind.ConnectRefused => MailboxErrorKind.ConnectionRefused,
        MailFaultKind.ConnectTimeout or MailFaultKind.Timeout => MailboxErrorKind.ConnectionTimeout,
        MailFaultKind.ConnectFailed or MailFaultKind.Disconnected => MailboxErrorKind.ConnectionLost,
        MailFaultKind.TlsFailed or MailFaultKind.TlsNotOffered => MailboxErrorKind.TlsFailed,
        MailFaultKind.CertificateRefused => MailboxErrorKind.CertificateRefused,
        MailFaultKind.Malformed => MailboxErrorKind.ProtocolFault,
        _ => MailboxErrorKind.Other,
    };

    private static MailboxErrorKind KindOf(RefusalKind kind) => kind switch
    {
        RefusalKind.AuthenticationFailed or RefusalKind.NoUsableMechanism => MailboxErrorKind.AuthenticationFailed,
        RefusalKind.MailboxNotFound => MailboxErrorKind.FolderMissing,
        RefusalKind.NoPermission => MailboxErrorKind.PermissionDenied,
        _ => MailboxErrorKind.ServerRefused,
    };
}
