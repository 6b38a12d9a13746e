using HelpdeskMail.Mail.Reports;
using HelpdeskMail.Tests.Mail.Mime;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Reports;

public sealed class DeliveryReportTests
{
    [Fact]
    public void StandardReport_GivesRecipientStatusAndTheOriginal()
    {
        var report = DeliveryReports.Read(RawMail.Parse("""
            From: MAILER-DAEMON@mx.example.org
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b

            It failed.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.org

            Final-Recipient: rfc822; <gone@example.org>
            Original-Recipient: rfc822;alias@example.org
            Action: Failed
            Status: 5.1.1 (no such user)
            Diagnostic-Code: smtp; 550 5.1.1
             unknown
            --b
            Content-Type: text/rfc822-headers

            Message-ID: <original@helpdesk.test>
            --b--
            """))!;
        var recipient = Assert.Single(report.Recipients);
        Assert.Equal(new RecipientStatus("gone@example.org", "alias@example.org", "failed", "5.1.1", "550 5.1.1 unknown", null), recipient);
        Assert.Equal("original@helpdesk.test", report.OriginalMessageId!.Value.Value);
        Assert.True(report.IsStandard);
    }

    [Theory]
    [InlineData("failure notice", "I'm afraid I wasn't able to deliver your message to the following addresses.\n\n<gone@example.org>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nTo: other@example.org\n", "failed", "5.1.1")]
    [InlineData("Warning: message delayed 24 hours", "A message that you sent has not yet been delivered to all its recipients\n\n  gone@example.org\n\nDelivery attempts will continue for some time\n", "delayed", "4.0.0")]
    [InlineData("Returned mail: User unknown", "   ----- Transcript of session follows -----\n>>> RCPT To:<gone@example.org>\n<<< 550 User unknown\n550 <gone@example.org>... User unknown\n", "failed", "5.0.0")]
    [InlineData("Undeliverable: hello", "Your message\n\n  To:      list@example.org\n  Subject: hello\n\ndid not reach the following recipient(s):\n\ngone@example.org on Fri, 4 Oct 2002\n    The recipient name is not recognized\n", "failed", "5.0.0")]
    [InlineData("DELIVERY FAILURE: User gone not listed", "was not delivered to:\n  gone@example.org\nbecause:\n  User gone (gone@example.org) not listed in Domino Directory\n", "failed", "5.0.0")]
    [InlineData("Unzustellbar: Angebot", "Die Nachricht konnte nicht zugestellt werden: gone@example.org\n550 5.7.1 abgelehnt\n", "failed", "5.7.1")]
    public void Prose_OfAServer_GivesTheRecipient(string subject, string text, string action, string status)
    {
        var report = DeliveryReports.Read(RawMail.Parse($"From: Mail Delivery System <mailer-daemon@mx.test>\nTo: support@helpdesk.test\nSubject: {subject}\n\n{text}"));
        var recipient = Assert.Single(report!.Recipients);
        Assert.Equal(("gone@example.org", action, status), (recipient.FinalRecipient, recipient.Action, recipient.Status));
        Assert.False(report.IsStandard);
    }

    [Fact]
    public void XFailedRecipients_AreBelieved()
    {
        var report = DeliveryReports.Read(RawMail.Parse("From: Mailer-Daemon@x.test\nX-Failed-Recipients: a@x.org, b@x.org\nSubject: Mail delivery failed\n\nb@x.org\n 452 4.2.2 mailbox full\n"));
        Assert.Equal(["a@x.org", "b@x.org"], report!.Recipients.Select(r => r.FinalRecipient));
    }

    [Theory]
    [InlineData("From: kunde@example.org\nSubject: Undeliverable?", "my mail to other@example.org could not be delivered, why?")]
    [InlineData("From: kunde@example.org\nSubject: Fwd: Mail delivery failed\nIn-Reply-To: <a@b>", "Delivery to the following recipient failed: x@y.org")]
    [InlineData("From: postmaster@example.org\nSubject: Maintenance on Sunday", "Dear users, contact it@example.org.")]
    public void Person_WritingAboutABounce_IsNoBounce(string header, string text) => Assert.Null(DeliveryReports.Read(RawMail.Parse(header + "\n\n" + text + "\n")));

    [Fact]
    public void OldSendmail_NamingNobody_IsAboutTheReturnedMailsRecipient()
    {
        var report = DeliveryReports.Read(RawMail.Parse("""
            From: Mail Delivery Subsystem <MAILER-DAEMON@example.com>
            Subject: Returned mail: Cannot send message for 4 days
            To: support@helpdesk.test

               ----- Transcript of session follows -----
            421 example.org (smtp)... Deferred: Connection timed out

               ----- Unsent message follows -----
            Received: by mx9.example.com; (5.65/1.37) id 0000000
            From: support@helpdesk.test
            To: gone@example.org
            Message-ID: <original@helpdesk.test>

            Hello
            """))!;
        Assert.Equal("gone@example.org", Assert.Single(report.Recipients).FinalRecipient);
        Assert.Equal("original@helpdesk.test", report.OriginalMessageId!.Value.Value);
    }

    [Fact]
    public void SesNotification_WrappedByItsTopic_IsRead()
    {
        var report = DeliveryReports.Read(RawMail.Parse("""
            From: SES-EJ-B <no-reply@sns.amazonaws.com>

            {
              "Type" : "Notification",
              "Message" : "{\"notificationType\":\"Bounce\",\"bounce\":{\"bounceType\":\"Permanent\",\"bouncedRecipients\":[{\"emailAddress\":\"gone@example.org\",\"action\":\"failed\",\"status\":\"5.1.1\",\"diagnosticCode\":\"smtp; 550 5.1.1 user unknown\"}]}}"
            }
            """))!;
        var recipient = Assert.Single(report.Recipients);
        Assert.Equal(("gone@example.org", "failed", "5.1.1"), (recipient.FinalRecipient, recipient.Action, recipient.Status));
    }
}
