using System.Text;
using HelpdeskMail.Mail.Mime;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Mime;

public sealed class RtfHtmlTests
{
    private const string Head = @"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fswiss\fcharset204 Arial Cyr;}}{\colortbl\red0\green0\blue0;}";

    [Theory]
    [InlineData(@"{\*\htmltag19 <p>}\htmlrtf {\htmlrtf0 Hello{\*\htmltag84 &amp;}\htmlrtf &\htmlrtf0  you\htmlrtf }\htmlrtf0 {\*\htmltag27 </p>}}", "<p>Hello&amp; you</p>")]
    [InlineData(@"{\*\htmltag64 <p class=\'22x\'22>}Gr\'fc\'dfe \{1\}\htmlrtf\par\htmlrtf0{\*\htmltag72 </p>}}", "<p class=\"x\">Grüße {1}</p>")]
    [InlineData(@"{\f1 \'c4\'e0} \u8364 ?\u-10179 ?\u-8694 ?!\line}", "Да €😊!\r\n")]
    [InlineData(@"{\*\mhtmltag84 <img src=x>}{\*\generator Someone;}{\pntext\bullet }a\tab b\lquote\~}", "a\tb&lsquo;&nbsp;")]
    [InlineData(@"{\*\htmltag4 {\bin5 }}}}}x}}}y", "xy")]
    [InlineData(@"{\*\htmltag4 <b>}cut o", "<b>cut o")]
    public void WrappedHtml_ComesOut(string body, string html) => Assert.Equal(html, RtfHtml.Read(Encoding.Latin1.GetBytes(Head + body)));

    [Theory]
    [InlineData(@"{\rtf1\ansi\deff0 Plain}")]
    [InlineData(@"{\rtf1\ansi\b\b\b\b\b\b\b\b\b\b\fromhtml1 too late}")]
    [InlineData(@"<p>\fromhtml1</p>")]
    [InlineData("")]
    public void OtherRtf_IsNone(string rtf) => Assert.Null(RtfHtml.Read(Encoding.Latin1.GetBytes(rtf)));

    [CorpusFact]
    public void MailThatIsOnlyWinmail_HasItsBodyAndOnlyItsFilesAttached()
    {
        var mail = MimeMessage.Parse((byte[])[.. "Content-Type: application/ms-tnef\r\n\r\n"u8, .. MailCorpus.Read("tnef/jstedfast-MimeKit/multi-value-attribute.tnef")]);
        Assert.Contains("You received a voice mail", mail.Html, StringComparison.Ordinal);
        Assert.Equal("208225__5_seconds__Voice_Mail.mp3", Assert.Single(mail.Attachments).FileName?.Replace(' ', '_'));
    }

    [CorpusFact]
    public void WinmailOfTheCorpus_GivesItsHtml()
    {
        var files = new TnefReader(MailCorpus.Read("tnef/jstedfast-MimeKit/multi-value-attribute.tnef"), 4, 100).Read();
        var html = Encoding.UTF8.GetString(files.First(f => f.ContentType == "text/html").Content.Span);
        Assert.Contains("<html", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("</body>", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\\htmlrtf", html, StringComparison.Ordinal);
    }
}
