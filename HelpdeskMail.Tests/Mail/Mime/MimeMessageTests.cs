using System.Text;
using HelpdeskMail.Mail.Mime;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Mime;

public sealed class MimeMessageTests
{
    [Fact]
    public void Alternative_TextAndHtml_BothAreRead()
    {
        var mail = RawMail.Parse("""
            From: Jörg <joerg@example.org>
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Gr=C3=BC=
            =C3=9Fe
            --b
            Content-Type: text/html; charset=iso-8859-1

            <p>Grüße</p>
            --b--
            """);
        Assert.Equal("Grüße", mail.Text);
        Assert.Equal("<p>Grüße</p>", mail.Html);
        Assert.Equal(["1", "2"], mail.Parts.Select(p => p.Path));
        Assert.Empty(mail.Attachments);
        Assert.Empty(mail.Warnings);
    }

    [Fact]
    public void Attachment_NameSplitByRfc2231_IsPutTogether()
    {
        var mail = RawMail.Parse("""
            Content-Type: multipart/mixed; boundary="=_x"

            --=_x

            see file
            --=_x
            Content-Type: application/pdf
            Content-Transfer-Encoding: base64
            Content-Disposition: attachment; filename*0*=utf-8''R%C3%A9sum%C3%A9;
             filename*1=" of";
             filename*2*=%20Z%C3%BCrich.pdf

            JVBERg==
            --=_x--
            """);
        var file = Assert.Single(mail.Attachments);
        Assert.Equal("Résumé of Zürich.pdf", file.FileName);
        Assert.Equal("2", file.Path);
        Assert.Equal(4, file.Size);
        Assert.Equal("%PDF"u8.ToArray(), file.Decode());
        Assert.Same(file, mail.FindPart("2"));
    }

    [Fact]
    public void EmbeddedMessage_IsOneLeafAndCanBeOpened()
    {
        var mail = RawMail.Parse("""
            Subject: outer
            Content-Type: multipart/mixed; boundary=o

            --o
            Content-Type: message/rfc822

            Subject: inner
            Content-Type: multipart/mixed; boundary=i

            --i

            deep
            --i--
            --o--
            """);
        var leaf = Assert.Single(mail.Parts);
        Assert.Equal("inner", leaf.EmbeddedMessage!.Subject);
        Assert.Equal("deep", leaf.EmbeddedMessage.Text);
        Assert.Null(mail.Text);
    }

    [Fact]
    public void Boundary_ThatNeverOccurs_GivesWayToTheOneThatDoes()
    {
        var mail = RawMail.Parse("""
            Content-Type: multipart/mixed; boundary="declared"

            --real
            Content-Type: text/plain

            still here
            --real--
            """);
        Assert.Equal("still here", mail.Text);
        Assert.Contains(mail.Warnings, w => w.Kind == MimeWarningKind.WrongBoundary);
    }

    [Fact]
    public void Multipart_WithoutAnyBoundary_ShowsItsBodyAsText()
    {
        var mail = RawMail.Parse("Content-Type: multipart/mixed\n\nnothing is lost\n");
        Assert.Equal("nothing is lost\n", mail.Text);
        Assert.Contains(mail.Warnings, w => w.Kind == MimeWarningKind.MissingBoundary);
    }

    [Fact]
    public void Continuation_ThatLostItsBlank_StillBelongsToItsField()
    {
        var mail = RawMail.Parse("""
            Content-Type: multipart/alternative;
            boundary="b"

            --b

            text
            --b--
            """);
        Assert.Equal("text", mail.Text);
    }

    [Theory]
    [InlineData("\r")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void LineEnds_OfAnyKind_ReadTheSame(string lineEnd)
    {
        var raw = "Subject: one\nFrom: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nfirst\nsecond\n--b--\n".Replace("\n", lineEnd, StringComparison.Ordinal);
        var mail = MimeMessage.Parse(Encoding.ASCII.GetBytes(raw));
        Assert.Equal("one", mail.Subject);
        Assert.Equal("a@example.org", mail.From[0].Address);
        Assert.Equal("first\nsecond", mail.Text);
    }

    [Fact]
    public void FlowedText_JoinsItsLinesButNotTheSignatureLine()
    {
        var mail = RawMail.Parse("Content-Type: text/plain; format=flowed\n\none \nline\n> quoted \n> too\n-- \nme\n");
        Assert.Equal("one line\n> quoted too\n-- \nme\n", mail.Text);
    }

    [Fact]
    public void FieldGivenTwice_AddressesOfBothCount()
    {
        var mail = RawMail.Parse("To: a@example.org\nTo: b@example.org\n\n");
        Assert.Equal(["a@example.org", "b@example.org"], mail.To.Select(a => a.Address));
    }

    [Fact]
    public void SecondText_AfterAPicture_IsNotLost()
    {
        var mail = RawMail.Parse("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nabove\n--b\nContent-Type: image/png\n\nx\n--b\n\nbelow\n--b--\n");
        Assert.Equal("above", mail.Text);
        Assert.Equal(["image/png", "text/plain"], mail.Attachments.Select(a => a.ContentType));
    }

    [Theory]
    [InlineData("image/ jpeg", "image/jpeg")]
    [InlineData("(a) text (b) / (c) html (d); charset=utf-8", "text/html")]
    [InlineData("inline", "text/plain")]
    [InlineData("name=x.bin", "text/plain")]
    [InlineData("TEXT/HTML charset=utf-8", "text/html")]
    public void ContentType_WrittenOddly_IsStillRead(string written, string type) => Assert.Equal(type, RawMail.Parse("Content-Type: " + written + "\n\n").Root.ContentType);

    [Fact]
    public void UuencodedBlock_InPlainText_IsAnAttachment()
    {
        var mail = RawMail.Parse("Subject: old\n\nhere:\nbegin 644 cat.txt\n#0V%T\n`\nend\n");
        var file = Assert.Single(mail.Attachments);
        Assert.Equal("cat.txt", file.FileName);
        Assert.Equal("Cat", Encoding.ASCII.GetString(file.Decode()));
    }

    [Fact]
    public void References_WithProseAndFolding_GiveTheirIdentifiersOnce()
    {
        var mail = RawMail.Parse("Message-ID: <c@x>\nIn-Reply-To: Your message of Monday <b@x>\nReferences: <a@x>\n <b@x> <a@x>\n\n");
        Assert.Equal("c@x", mail.MessageId!.Value.Value);
        Assert.Equal("b@x", Assert.Single(mail.InReplyTo).Value);
        Assert.Equal(["<a@x>", "<b@x>"], mail.References.Select(r => r.ToString()));
    }

    [Theory]
    [InlineData("b@x", "b@x")]
    [InlineData("me@example.org", "")]
    [InlineData("<me@example.org>", "me@example.org")]
    [InlineData("<b@..>", "")]
    public void InReplyTo_WithoutBrackets_CountsUnlessItIsAnAddressOfTheMail(string written, string ids) =>
        Assert.Equal(ids, string.Join(' ', RawMail.Parse("To: me@example.org\nIn-Reply-To: " + written + "\n\n").InReplyTo.Select(id => id.Value)));

    [Fact]
    public void Boundary_GivenAsEmpty_PartsTheMailButNotAtTheSignature()
    {
        var mail = RawMail.Parse("Content-Type: multipart/mixed; boundary=\"\"\n\n--\nContent-Type: text/plain\n\nHello\n-- \nme\n--\nContent-Type: image/png\n\nx\n----\n");
        Assert.Equal("Hello\n-- \nme", mail.Text);
        Assert.Equal("image/png", Assert.Single(mail.Attachments).ContentType);
    }

    [Fact]
    public void Boundary_OfTwoSigns_IsFoundThoughAnotherIsDeclared() =>
        Assert.Equal("body", RawMail.Parse("Content-Type: multipart/mixed; boundary=\"x\"\n\n--ab\nContent-Type: text/plain\n\nbody\n--ab--\n").Text);

    [Fact]
    public void Mbox_QuotedFromLines_AreUnquotedAndProseDoesNotSplit()
    {
        var file = "From a@x Mon Jan  5 08:00:00 2026\nSubject: 1\n\n>From here\nFrom prose it goes\n\nFrom b@x Mon Jan  5 08:00:01 2026\nSubject: 2\n\nend\n"u8.ToArray();
        var mails = Mbox.Split(file).Select(m => MimeMessage.Parse(m)).ToList();
        Assert.Equal(["1", "2"], mails.Select(m => m.Subject));
        Assert.Equal("From here\nFrom prose it goes\n", mails[0].Text);
    }
}
