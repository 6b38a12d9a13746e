namespace HelpdeskMail.Core.Mailboxes;

/// <summary>Says what to do about a kind of error, by provider where it is a known one.</summary>
public static class ErrorAdvice
{
    /// <param name="host">The mail server's name: the big providers have their own traps.</param>
    /// <param name="server">Its own words: they often say which trap it is.</param>
    /// <returns>A sentence or two; empty where nobody can do anything but wait.</returns>
    public static string For(MailboxErrorKind kind, string host, string? server = null) => ProviderMends.Find(kind, host, server)?.Advice ?? kind switch
    {
        MailboxErrorKind.AuthenticationFailed => "Check user name and password. Many servers want the whole mail address as user name; with two-factor log-in an app password is needed.",
        MailboxErrorKind.UnknownHost => "Check the spelling of the server name, and that this machine can resolve names.",
        MailboxErrorKind.ConnectionRefused => "Check the port: IMAP uses 993 (TLS) or 143 (STARTTLS), POP3 995 or 110, sending 465 or 587.",
        MailboxErrorKind.ConnectionTimeout => "Check server name and port, and whether a firewall between here and the server lets this port through.",
        MailboxErrorKind.ConnectionLost => "This often passes by itself; if it stays, the provider may be blocking this machine or limiting connections.",
        MailboxErrorKind.TlsFailed => "Check that port and encryption belong together: TLS for 993, 995 and 465, STARTTLS for 143, 110 and 587.",
        MailboxErrorKind.CertificateRefused => "If this is your own server and the fingerprint is the right one, pin the certificate in the account's settings; otherwise ask its operator to mend it.",
        MailboxErrorKind.FolderMissing => "Choose a folder from the server's list in the mailbox's settings.",
        MailboxErrorKind.PermissionDenied => "Ask the provider to give this account the right to change the folder.",
        MailboxErrorKind.ServerRefused => "The server's own words say why; where it asks to try later, that happens by itself.",
        MailboxErrorKind.ProtocolFault => "Check that server name and port belong to a mail server of the chosen type.",
        MailboxErrorKind.Storage => "Look at the portal's own log: its database or disk needs attention.",
        MailboxErrorKind.Other => "",
        _ => "",
    };
}
