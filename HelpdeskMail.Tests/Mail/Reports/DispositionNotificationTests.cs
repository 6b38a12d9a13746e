using HelpdeskMail.Mail.Reports;
using HelpdeskMail.Tests.Mail.Mime;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Reports;

public sealed class DispositionNotificationTests
{
    [Fact]
    public void Receipt_SaysWhatBecameOfWhichMail()
    {
        var mail = RawMail.Parse("""
            From: Jane <jane@example.org>
            Subject: Gelesen: Ticket 17
            Content-Type: multipart/report; report-type=disposition-notification; boundary=b

            --b

            Your mail was displayed.
            --b
            Content-Type: message/disposition-notification

            Reporting-UA: pc17.example.org; Foomail 97.1
            Original-Recipient: rfc822;alias@example.org
            Final-Recipient: rfc822;jane@example.org
            Original-Message-ID: <original@helpdesk.test>
            Disposition: manual-action/MDN-sent-manually; displayed

            --b--
            """);
        var receipt = DispositionNotifications.Read(mail)!;
        Assert.Equal(("jane@example.org", "alias@example.org", "displayed"), (receipt.FinalRecipient, receipt.OriginalRecipient, receipt.Type));
        Assert.Equal("original@helpdesk.test", receipt.OriginalMessageId!.Value.Value);
        Assert.True(receipt.IsDisplayed);
        Assert.False(receipt.IsAutomaticAction);
        Assert.False(receipt.IsSentAutomatically);
        Assert.Empty(receipt.Modifiers);
        Assert.Null(DeliveryReports.Read(mail));
        Assert.Equal(AutomaticKind.AutoReply, AutomaticMail.Classify(mail));
    }

    [Fact]
    public void Receipt_DeletedByARuleWithAnError_KeepsModeModifierAndText()
    {
        var receipt = DispositionNotifications.Read(RawMail.Parse("""
            In-Reply-To: <original@helpdesk.test>
            Content-Type: multipart/report; boundary=b

            --b
            Content-Type: message/disposition-notification

            Final-Recipient: rfc822; jane@example.org
            Disposition: automatic-action/MDN-sent-automatically;
             deleted/Error, warning
            Error: quota
            --b--
            """))!;
        Assert.Equal("deleted", receipt.Type);
        Assert.Equal(["error", "warning"], receipt.Modifiers);
        Assert.True(receipt.IsAutomaticAction && receipt.IsSentAutomatically);
        Assert.Equal(["quota"], receipt.Errors);
        Assert.Equal("original@helpdesk.test", receipt.OriginalMessageId!.Value.Value);
    }

    [Fact]
    public void DeliveryReport_IsNoReceipt() =>
        Assert.Null(DispositionNotifications.Read(RawMail.Parse("Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@b.c\nAction: failed\nStatus: 5.1.1\n")));
}
