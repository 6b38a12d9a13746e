using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Mail.Transport;
using Xunit;

namespace HelpdeskMail.Tests.Core.Mailboxes;

public sealed class CertificateWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(90, false, false, "valid until 2026-05-30 (90 days left)", false)]
    [InlineData(5, false, false, "(5 days left: it should be renewed now)", true)]
    [InlineData(90, true, false, "which is withdrawn", true)]
    [InlineData(-5, false, true, "the one that is trusted in the settings", false)]
    public void Tls_IsSaidInWords_AndMarkedWhereSomebodyShouldLook(int days, bool outdated, bool pinned, string words, bool warning)
    {
        var certificate = new ServerCertificate("CN=mail.example.test", "CN=Some CA", ["mail.example.test"], Now.AddDays(-30), Now.AddDays(days), new string('a', 64));
        var tls = new TlsSession(outdated ? "TLS 1.0" : "TLS 1.3", outdated, "X", certificate, ["CN=mail.example.test", "CN=Some CA"], pinned);
        Assert.Contains(words, CertificateWords.Encrypted(tls, Now), StringComparison.Ordinal);
        Assert.Equal(warning, CertificateWords.NeedsALook(tls, Now));
        Assert.Contains("Chain: CN=mail.example.test < CN=Some CA", CertificateWords.All(certificate, tls.Chain), StringComparison.Ordinal);
    }
}
