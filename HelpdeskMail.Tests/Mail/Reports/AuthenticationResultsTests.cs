using HelpdeskMail.Mail.Reports;
using HelpdeskMail.Tests.Mail.Mime;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Reports;

public sealed class AuthenticationResultsTests
{
    [Fact]
    public void Results_OfTheTrustedHostOnly_AreRead()
    {
        var mail = RawMail.Parse("""
            Authentication-Results: mx.helpdesk.test 1; spf=pass (ok (really)) smtp.mailfrom=a@example.org;
             dkim=FAIL header.d=example.org; dmarc=none
            Authentication-Results: mx.helpdesk.test; spf=fail
            Authentication-Results: evil.test; dmarc=pass

            """);
        var results = AuthenticationResults.Read(mail.Headers, "MX.helpdesk.test");
        Assert.Equal([("spf", "pass"), ("dkim", "fail"), ("dmarc", "none")], results.Select(r => (r.Method, r.Result)));
        Assert.Equal("a@example.org", results[0].Properties["smtp.mailfrom"]);
        Assert.Empty(AuthenticationResults.Read(mail.Headers, "other.test"));
    }
}
