namespace HelpdeskMail.Core.Mailboxes;

/// <summary>Says what to do about a kind of error, by provider where it is a known one.</summary>
public static class ErrorAdvice
{
    /// <param name="host">The mail server's name: the big providers have their own traps.</param>
    /// <returns>A sentence or two; empty where nobody can do anything but wait.</returns>
    public static string For(MailboxErrorKind kind, string host) => kind switch
    {
        MailboxErrorKind.AuthenticationFailed => Login(host),
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

    private static string Login(string host)
    {
        if (Is(host, "gmail.com", "googlemail.com"))
            return "Google takes an app password here, not the account's own: switch on 2-step verification and create one under Security.";
        if (Is(host, "outlook.com", "office365.com", "hotmail.com", "live.com"))
            return "Microsoft has switched off passwords for most mailboxes; the account may need IMAP or SMTP AUTH enabled by its administrator, or modern authentication.";
        if (Is(host, "yandex.ru", "yandex.com"))
            return "Yandex wants IMAP switched on in the mailbox's settings (Mail clients) and an app password.";
        if (Is(host, "mail.ru"))
            return "Mail.ru takes a password for external applications here, not the account's own: create one under Security.";
        if (Is(host, "yahoo.com", "aol.com"))
            return "Yahoo takes an app password here: create one under Account security.";
        if (Is(host, "me.com", "icloud.com"))
            return "iCloud takes an app-specific password here, and the user name without the part behind the @ for IMAP.";
        if (Is(host, "gmx.net", "gmx.com", "web.de"))
            return "Switch on POP3 and IMAP access in the mailbox's settings first; with two-factor log-in an app password is needed.";
        if (Is(host, "fastmail.com", "zoho.com", "zoho.eu"))
            return "This provider takes an app password here, and IMAP must be switched on in its settings.";
        return "Check user name and password. Many servers want the whole mail address as user name; with two-factor log-in an app password is needed.";
    }

    private static bool Is(string host, params ReadOnlySpan<string> domains)
    {
        foreach (var domain in domains)
        {
            if (host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
