using HelpdeskMail.Core.Mailboxes;
using Xunit;

namespace HelpdeskMail.Tests.Core.Mailboxes;

public sealed class ProviderMendsTests
{
    [Theory]
    [InlineData("imap.gmail.com", "[ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)", "app password")]
    [InlineData("imap.gmail.com", "[ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page and enable your account for IMAP access. (Failure)", "switched off")]
    [InlineData("pop.gmail.com", "[SYS/PERM] Your account is not enabled for POP access.", "switched off")]
    [InlineData("smtp.gmail.com", "534 5.7.14 Please log in via your web browser and then try again.", "in a browser")]
    [InlineData("imap.gmail.com", "[AUTHENTICATIONFAILED] Invalid credentials (Failure)", "app password")]
    [InlineData("smtp.office365.com", "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.", "Authenticated SMTP")]
    [InlineData("smtp-mail.outlook.com", "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", "OAuth 2.0")]
    [InlineData("outlook.office365.com", "User is authenticated but not connected.", "IMAP is switched off")]
    [InlineData("outlook.office365.com", "LOGIN failed.", "OAuth 2.0")]
    [InlineData("imap.yandex.ru", "[AUTHENTICATIONFAILED] LOGIN invalid credentials or IMAP is disabled, sc=AbC", "Email clients")]
    [InlineData("imap.mail.ru", "[AUTHENTICATIONFAILED] NEOBHODIM parol prilozheniya / Application password is REQUIRED", "external applications")]
    [InlineData("imap.mail.yahoo.com", "[AUTHENTICATIONFAILED] LOGIN Invalid credentials", "app password")]
    [InlineData("imap.mail.me.com", "[AUTHENTICATIONFAILED] Authentication failed", "app-specific password")]
    [InlineData("imap.gmx.net", "[AUTHENTICATIONFAILED] POP3/IMAP not enabled", "switched off")]
    [InlineData("imap.web.de", "[AUTHENTICATIONFAILED] invalid credentials", "Switch on POP3 and IMAP")]
    [InlineData("imap.zoho.eu", "[ALERT] You are yet to enable IMAP for your account.", "Settings, Mail accounts")]
    [InlineData("imap.163.com", "SELECT Unsafe Login. Please contact kefu@188.com for help", "authorisation code")]
    [InlineData("mail.example.test", "[PRIVACYREQUIRED] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.", "TLS")]
    [InlineData("mail.example.test", "Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)", "how many connections")]
    public void KnownRefusal_HasItsMend(string host, string server, string advice) =>
        Assert.Contains(advice, ErrorAdvice.For(MailboxErrorKind.AuthenticationFailed, host, server), StringComparison.Ordinal);

    [Fact]
    public void UnknownServer_HasTheGeneralAdvice() =>
        Assert.StartsWith("Check user name and password", ErrorAdvice.For(MailboxErrorKind.AuthenticationFailed, "mail.example.test", "Authentication failed."), StringComparison.Ordinal);

    [Fact]
    public void ProvidersGuess_SpeaksOnlyOfLogin_NotOfEveryRefusal()
    {
        Assert.Null(ProviderMends.Find(MailboxErrorKind.FolderMissing, "imap.gmail.com", "[NONEXISTENT] Unknown Mailbox: Foo (Failure)"));
        Assert.Null(ProviderMends.Find(MailboxErrorKind.UnknownHost, "imap.gmail.com", null));
        Assert.Null(ProviderMends.Find(MailboxErrorKind.AuthenticationFailed, "imap.notgmail.com", "no"));
    }

    [Fact]
    public void EveryPresetWithANote_AboutPasswords_HasAMendForItsHosts() =>
        Assert.All(new[] { "gmail", "microsoft365", "outlook", "yandex", "mailru", "yahoo", "icloud", "gmx", "gmxcom", "webde", "zoho", "zohoeu", "fastmail", "aol", "tonline" }, key =>
            Assert.NotNull(ProviderMends.Find(MailboxErrorKind.AuthenticationFailed, ProviderPresets.All.Single(preset => preset.Key == key).Imap.Host, null)));
}
