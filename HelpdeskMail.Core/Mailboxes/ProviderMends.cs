namespace HelpdeskMail.Core.Mailboxes;

/// <summary>What the providers' refusals mean and what mends them, recognised by the server's name and its own words. The first that fits is taken:
/// what a provider says in so many words stands before what can only be guessed from its name.</summary>
public static class ProviderMends
{
    private const string GoogleAppPassword = "https://support.google.com/accounts/answer/185833";
    private const string MicrosoftBasic = "https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online";
    private const string MicrosoftSmtp = "https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission";
    private const string YandexClients = "https://yandex.com/support/mail/mail-clients.html";
    private const string MailRuPasswords = "https://help.mail.ru/mail/security/protection/external";

    private static readonly string[] Google = ["gmail.com", "googlemail.com", "google.com"];
    private static readonly string[] Microsoft = ["outlook.com", "office365.com", "office365.us", "hotmail.com", "live.com"];
    private static readonly string[] Yandex = ["yandex.ru", "yandex.com", "yandex.net"];
    private static readonly string[] MailRu = ["mail.ru"];
    private static readonly string[] Yahoo = ["yahoo.com", "aol.com"];
    private static readonly string[] Apple = ["me.com", "icloud.com"];
    private static readonly string[] Gmx = ["gmx.net", "gmx.com", "web.de"];
    private static readonly string[] Zoho = ["zoho.com", "zoho.eu", "zoho.in"];
    private static readonly string[] NetEase = ["163.com", "126.com", "yeah.net"];

    public static IReadOnlyList<ProviderMend> All { get; } =
    [
        new(Google, ["application-specific password", "app password", "InvalidSecondFactor"],
            "Google takes an app password here, not the account's own: switch on 2-step verification in the Google account, create an app password under Security, and enter its 16 letters.", GoogleAppPassword),
        new(Google, ["not enabled for IMAP", "IMAP access is disabled", "not enabled for POP", "POP access is disabled"],
            "IMAP or POP is switched off for this account. Switch it on in Gmail under Settings, Forwarding and POP/IMAP; if it can't be switched on there, the Google Workspace administrator has switched it off for the domain.", "https://support.google.com/mail/answer/7126229"),
        new(Google, ["web login required", "log in via your web browser", "webalert"],
            "Google wants the owner of the account to log in once in a browser and confirm that it is them. An app password avoids this.", "https://support.google.com/mail/accounts/answer/78754"),
        new(Google, ["too many simultaneous connections", "bandwidth limits", "too many login attempts"],
            "Google limits connections and traffic of an account. Close other programs that read this mailbox, and fetch less often; the limit lifts by itself within hours, a day at the most.", "https://support.google.com/mail/answer/7126229"),
        new(Google, [], "Google takes an app password here, not the account's own: switch on 2-step verification and create one under Security. In Google Workspace the administrator may have switched off IMAP or app passwords.", GoogleAppPassword),

        new(Microsoft, ["SmtpClientAuthentication is disabled", "smtp_auth_disabled"],
            "Sending with user name and password (\"Authenticated SMTP\") is switched off. The Microsoft 365 administrator can switch it on for this mailbox: admin centre, Users, Active users, Mail, Manage email apps.", MicrosoftSmtp),
        new(Microsoft, ["basic authentication is disabled", "BasicAuthBlocked", "basic authentication is not"],
            "Microsoft has switched off log-in by password here; the account needs sign-in with OAuth 2.0, which HelpdeskMail can't do yet. Until then let the mailbox forward its mail to one at another provider.", MicrosoftBasic),
        new(Microsoft, ["authenticated but not connected"],
            "The password is right, but this mailbox can't be opened by IMAP: IMAP is switched off for it, or the user has no licence or mailbox of its own. For a shared mailbox the user name is user@example.com\\shared@example.com.", null),
        new(Microsoft, ["SendAsDenied", "permissions to send as this sender"],
            "This account may not send from this address. Use the account's own address, or let the administrator grant it the right \"Send as\".", null),
        new(Microsoft, ["user is locked", "account has been locked", "security defaults", "conditional access", "did not meet the criteria"],
            "A rule of the organisation (security defaults or conditional access) blocks log-in by password. Only its administrator can allow it for this account.", MicrosoftSmtp),
        new(Microsoft, [], "Microsoft has switched off passwords for nearly all mailboxes: fetching needs sign-in with OAuth 2.0, which HelpdeskMail can't do yet; sending needs \"Authenticated SMTP\" switched on by the administrator. Until then let the mailbox forward its mail to one at another provider.", MicrosoftBasic),

        new(Yandex, ["IMAP is disabled", "invalid credentials or IMAP", "does not have access rights"],
            "Yandex wants two things: access by IMAP or POP3 switched on in the mailbox's settings (Email clients), and an app password for mail created in the Yandex ID.", YandexClients),
        new(Yandex, ["accept EULA"], "Log in to the mailbox once in a browser and accept its terms; until then no mail program is let in.", "https://mail.yandex.com/"),
        new(Yandex, [], "Yandex wants IMAP or POP3 switched on in the mailbox's settings (Email clients) and an app password.", YandexClients),

        new(MailRu, ["parol prilozheniya", "application password"],
            "Mail.ru takes a password for external applications here, not the account's own: create one under Security, with full access to mail.", MailRuPasswords),
        new(MailRu, [], "Mail.ru takes a password for external applications here, not the account's own: create one under Security.", MailRuPasswords),

        new(Yahoo, ["#AUTH005", "too many bad auth"], "There were too many wrong passwords; wait a few hours. Then enter an app password, which you create under Account security.", "https://help.yahoo.com/kb/SLN15241.html"),
        new(Yahoo, ["verify your account", "#MBR1240"], "Log in to the mailbox once in a browser and confirm the account; then create an app password under Account security.", "https://login.yahoo.com/"),
        new(Yahoo, [], "Yahoo and AOL take an app password here, not the account's own: create one under Account security.", "https://help.yahoo.com/kb/SLN15241.html"),

        new(Apple, [], "iCloud takes an app-specific password here, created in the Apple account. For IMAP the user name may have to be the part before the @.", "https://support.apple.com/102654"),

        new(Gmx, ["not enabled", "not activated", "deactivated", "is disabled", "nicht aktiviert", "nicht freigeschaltet"],
            "POP3 and IMAP are switched off for this mailbox: switch them on in the mailbox's settings under POP3/IMAP. It may take a few minutes until it holds, and the provider switches them off again when they aren't used for a long time.", "https://hilfe.gmx.net/pop-imap/einschalten.html"),
        new(Gmx, ["temporarily blocked", "too many", "gesperrt"], "The provider has blocked log-in for a while after too many attempts. Log in once in a browser, see what it says, and wait an hour before you test again.", "https://hilfe.gmx.net/account/gesperrt.html"),
        new(Gmx, [], "Switch on POP3 and IMAP in the mailbox's settings first; with two-factor log-in an app password is needed.", "https://hilfe.gmx.net/pop-imap/einschalten.html"),

        new(Zoho, ["yet to enable IMAP", "IMAP is disabled", "enable POP"], "IMAP or POP access is switched off: switch it on in Zoho Mail under Settings, Mail accounts, IMAP access; in an organisation the administrator may have to allow it.", "https://www.zoho.com/mail/help/imap-access.html"),
        new(Zoho, [], "With two-factor log-in Zoho wants an application-specific password. Addresses in a domain of your own use imappro.zoho.com and smtppro.zoho.com (or .eu).", "https://www.zoho.com/mail/help/imap-access.html"),

        new(NetEase, ["unsafe login"], "The provider takes this program for unsafe. Switch on IMAP/SMTP in the mailbox's settings and use the authorisation code it shows as the password.", null),
        new(NetEase, [], "Switch on IMAP/SMTP in the mailbox's settings and use the authorisation code it shows as the password.", null),

        new(["fastmail.com", "messagingengine.com"], [], "Fastmail takes an app password here: create one under Settings, Privacy & Security.", "https://www.fastmail.help/hc/en-us/articles/360058752854"),
        new(["t-online.de"], [], "T-Online takes the separate password for mail programs here, which you set in the customer centre.", null),
        new(["protonmail.ch", "proton.me"], [], "Proton Mail can only be reached through its Bridge, which runs on a machine of yours.", "https://proton.me/mail/bridge"),

        new([], ["plaintext authentication disallowed", "cleartext authentication", "must issue a starttls", "encryption required", "privacyrequired"],
            "The server takes passwords only over an encrypted connection: choose TLS (993, 995, 465) or STARTTLS (143, 110, 587).", null),
        new([], ["maximum number of connections", "too many connections", "too many simultaneous"],
            "The server limits how many connections an account may have. Close other programs that read this mailbox, or let fewer mailboxes of ours read the same account.", null),
        new([], ["too many login", "too many failed", "too many bad", "account is temporarily", "temporarily locked"],
            "The server has blocked log-in for a while after too many attempts. Wait an hour before you test again, with the right password.", null),
        new([], ["over quota", "quota exceeded", "mailbox is full", "mailbox full"], "The mailbox is full: delete something in it, or let its operator enlarge it.", null),
        new([], ["relay access denied", "relaying denied", "relay not permitted"], "The server does not know this account as one that may send. Switch on log-in, or let its operator allow this machine.", null),
        new([], ["sender address rejected", "not owned by user", "sender verify failed"], "The server lets this account send only from its own addresses: use the address that belongs to the user name.", null),
    ];

    /// <summary>Null: nothing is known about it.</summary>
    /// <param name="server">The server's own words.</param>
    public static ProviderMend? Find(MailboxErrorKind kind, string host, string? server) => All.FirstOrDefault(mend =>
        (mend.Hosts.Count == 0 || mend.Hosts.Any(end => IsIn(host, end)))
        && (mend.Signs.Count == 0 ? kind == MailboxErrorKind.AuthenticationFailed : server is not null && mend.Signs.Any(sign => server.Contains(sign, StringComparison.OrdinalIgnoreCase))));

    private static bool IsIn(string host, string domain) =>
        host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);
}
