using System.Text;
using HelpdeskMail.Mail.Mime;
using HelpdeskMail.Mail.Reports;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Reports;

public sealed class ReportedMailTests
{
    [Fact]
    public void Report_NamesItsMailByEveryIdThatStandsInIt_MostCertainFirst()
    {
        var mail = ReportedMails.Read(MimeMessage.Parse(Encoding.UTF8.GetBytes("""
            Return-Path: <>
            From: MAILER-DAEMON@mx.example
            Subject: Undelivered
            X-Original-Message-ID: <x-original@us>
            In-Reply-To: <answered@us>
            References: <thread@us>
            Content-Type: multipart/report; report-type=delivery-status; boundary=r

            --r
            Content-Type: text/plain

            It was <mentioned@us>.
            --r
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example
            Original-Envelope-Id: envelope+2Bid@us

            Final-Recipient: rfc822; ann@b.example
            Action: failed
            Status: 5.1.1

            --r
            Content-Type: text/rfc822-headers

            Message-ID: <returned@us>
            Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=
            Date: Tue, 3 Feb 2026 10:00:00 +0100
            References: <older@us>

            --r--
            """.ReplaceLineEndings("\r\n"))));

        Assert.Equal(["returned@us", "envelope+id@us", "x-original@us", "answered@us"], mail.Ids.Select(id => id.Value));
        Assert.Equal(["older@us", "thread@us", "mentioned@us"], mail.Thread.Select(id => id.Value));
        Assert.Equal(("Grüße", new DateTimeOffset(2026, 2, 3, 9, 0, 0, TimeSpan.Zero)), (mail.Subject, mail.Date!.Value));
    }

    [Fact]
    public void EnvelopeIdOfAnotherProgram_IsNoMessageId()
    {
        var mail = ReportedMails.Read(MimeMessage.Parse("Content-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n--r\r\nContent-Type: message/delivery-status\r\n\r\nOriginal-Envelope-Id: QQ314159\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\nAction: failed\r\n\r\n--r--\r\n"u8.ToArray()));
        Assert.Empty(mail.Ids);
    }
}
