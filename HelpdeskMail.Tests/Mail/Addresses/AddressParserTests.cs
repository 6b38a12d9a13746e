using HelpdeskMail.Mail.Addresses;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Addresses;

public sealed class AddressParserTests
{
    [Theory]
    [InlineData("john@example.org", "|john@example.org")]
    [InlineData("John Doe <john@example.org>", "John Doe|john@example.org")]
    [InlineData("\"Doe, John\" <john@example.org>, b@x.org", "Doe, John|john@example.org;|b@x.org")]
    [InlineData("Doe, John <john@example.org>", "Doe, John|john@example.org")]
    [InlineData("john@example.org (John (the) Doe)", "John Doe|john@example.org")]
    [InlineData("A Group: a@x.org, B <b@x.org>;, c@x.org", "|a@x.org;B|b@x.org;|c@x.org")]
    [InlineData("\" Angles \" <a@x.org>", " Angles |a@x.org")]
    [InlineData("\"  \" <a@x.org>", "|a@x.org")]
    [InlineData("a@x.org (\"InterScan\" at work)", "\"InterScan\" at work|a@x.org")]
    [InlineData("undisclosed-recipients:;", "")]
    [InlineData("<@a.org,@b.org:john@example.org>", "|john@example.org")]
    [InlineData("john . doe @ example . org", "|john.doe@example.org")]
    [InlineData("a@x.org b@x.org", "|a@x.org;|b@x.org")]
    [InlineData("=?utf-8?q?J=C3=B6rg?= <j@xn--mller-kva.de>", "Jörg|j@müller.de")]
    [InlineData("=?utf-8?Q?Doe,_John?= <j@x.org>", "Doe, John|j@x.org")]
    [InlineData("\"john doe\"@example.org", "|\"john doe\"@example.org")]
    [InlineData("'j@x.org' <j@x.org>", "'j@x.org'|j@x.org")]
    [InlineData("root", "|root")]
    [InlineData("\"real@bank.example\" <thief@x.org>", "real@bank.example|thief@x.org")]
    [InlineData("Broken <j@x.org", "Broken|j@x.org")]
    [InlineData("\"never closed <j@x.org>", "never closed|j@x.org")]
    [InlineData("<Undisclosed Recipients@x.org>", "")]
    [InlineData(",,;,", "")]
    public void List_OfAnyForm_GivesItsAddresses(string text, string expected) =>
        Assert.Equal(expected, string.Join(';', AddressParser.ParseList(text).Select(a => a.DisplayName + "|" + a.Address)));

    [Theory]
    [InlineData("a@x.org, b@x.org")]
    [InlineData("no address")]
    [InlineData("a@x.org\r\nBcc: v@x.org")]
    [InlineData("@x.org")]
    [InlineData(null)]
    public void TryParse_NotExactlyOneAddress_IsRefused(string? text) => Assert.False(MailAddress.TryParse(text, out _));

    [Fact]
    public void NormalizedAddress_CaseAndPunycode_MakeNoDifference()
    {
        Assert.True(MailAddress.TryParse("John@MÜLLER.de", out var unicode));
        Assert.True(MailAddress.TryParse("john@xn--mller-kva.DE", out var ascii));
        Assert.Equal(unicode.NormalizedAddress, ascii.NormalizedAddress);
        Assert.Equal("xn--mller-kva.de", unicode.AsciiDomain);
    }
}
