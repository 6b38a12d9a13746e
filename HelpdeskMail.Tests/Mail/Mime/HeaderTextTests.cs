using HelpdeskMail.Mail.Mime;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Mime;

public sealed class HeaderTextTests
{
    [Theory]
    [InlineData("=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Grüße")]
    [InlineData("=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab")]
    [InlineData("=?utf-8?B?5pel?= plain =?utf-8?B?5pys?=", "日 plain 本")]
    [InlineData("=?utf-8?Q?Z=C3?= =?utf-8?Q?=BCrich?=", "Zürich")]
    [InlineData("=?utf-8?B?WsO8cg?=", "Zür")]
    [InlineData("Re:=?utf-8?Q?x?=y", "Re:xy")]
    [InlineData("=?utf-8*de?Q?=C3=A4?=", "ä")]
    [InlineData("=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本")]
    [InlineData("=?utf-8?Q?broken", "=?utf-8?Q?broken")]
    [InlineData("=?utf-8?Q?what?=20now?=", "what? now")]
    [InlineData("=?utf-8?B?YQpi?=", "a b")]
    public void Subject_EncodedWords_AreDecoded(string raw, string expected) => Assert.Equal(expected, RawMail.Parse("Subject: " + raw + "\n\n").Subject);

    [Fact]
    public void Subject_RawOctetsInKoi8_AreRecognised()
    {
        byte[] raw = [.. "Subject: "u8, 0xF0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4, .. "\r\n\r\n"u8];
        Assert.Equal("Привет", MimeMessage.Parse(raw).Subject);
    }

    [Fact]
    public void Folding_IsTakenOutAndItsBlankKept() => Assert.Equal("a b\tc", RawMail.Parse("Subject: a\n b\n\tc\n\n").Subject);
}
