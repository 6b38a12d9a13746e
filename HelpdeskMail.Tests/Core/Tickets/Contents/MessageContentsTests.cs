using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Core.Tickets.Contents;
using HelpdeskMail.Mail.Mime;
using HelpdeskMail.Tests.Mail.Calendar;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Tickets.Contents;

public sealed class MessageContentsTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Invitation_IsReadOnce_ThoughItComesAsAlternativeAndFile(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        var (message, content) = await TakeAsync(desk, """
            From: Anna Lead <anna@example.org>
            To: support@helpdesk.test
            Subject: Umzug
            Content-Type: multipart/mixed; boundary=m

            --m
            Content-Type: multipart/alternative; boundary=a

            --a
            Content-Type: text/plain

            Please come.
            --a
            Content-Type: text/calendar; method=REQUEST

            BEGIN:VCALENDAR
            METHOD:REQUEST
            BEGIN:VEVENT
            UID:1@example.org
            DTSTART:20260720T080000Z
            DTEND:20260720T093000Z
            SUMMARY:Umzug
            ORGANIZER;CN=Anna Lead:mailto:anna@example.org
            END:VEVENT
            END:VCALENDAR
            --a--
            --m
            Content-Type: application/ics; name=invite.ics
            Content-Disposition: attachment; filename=invite.ics

            BEGIN:VCALENDAR
            METHOD:REQUEST
            BEGIN:VEVENT
            UID:1@example.org
            DTSTART:20260720T080000Z
            END:VEVENT
            END:VCALENDAR
            --m
            Content-Type: text/plain; name=agenda.txt
            Content-Disposition: attachment; filename=agenda.txt

            1. Greeting
            --m--
            """);

        var meeting = Assert.Single(content.Invitations);
        Assert.Equal(("request", "Umzug", "anna@example.org"), (meeting.Method, meeting.Event.Summary, meeting.Event.Organizer));
        Assert.Equal("agenda.txt", Assert.Single(message.Attachments, file => !content.ShownFiles.Contains(file.Index)).Name);
        var file = await desk.Get<MessageFiles>().AttachmentAsync(message.Id, meeting.File!.Value);
        Assert.StartsWith("BEGIN:VCALENDAR", System.Text.Encoding.ASCII.GetString(file!.Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MeetingInWinmail_IsShownAndCanBeDownloaded()
    {
        await using var desk = await FlowDesk.StartAsync();
        var tnef = new TnefStream().Class("IPM.Schedule.Meeting.Request").Properties(
            ((TnefStream.Appointment, 0x820D), new DateTime(2026, 7, 20, 8, 0, 0, DateTimeKind.Utc)), (0x0E1D, "Umzug"), (0x1000, "Please come.")).ToArray();
        var (message, content) = await TakeAsync(
            desk,
            "From: anna@example.org\nTo: support@helpdesk.test\nSubject: Umzug\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n" + Convert.ToBase64String(tnef));

        Assert.Equal("Please come.", message.Text);
        var meeting = Assert.Single(content.Invitations);
        Assert.Equal(("request", "Umzug"), (meeting.Method, meeting.Event.Summary));
        var file = await desk.Get<MessageFiles>().AttachmentAsync(message.Id, meeting.File!.Value);
        Assert.Equal(("meeting.ics", "text/calendar"), (file!.Name, file.Type));
        Assert.Contains("DTSTART:20260720T080000Z", System.Text.Encoding.ASCII.GetString(file.Bytes), StringComparison.Ordinal);
    }

    /// <summary>Receipts are noted with the mail they are about; one that somebody appended to a ticket by hand is told there.</summary>
    [Fact]
    public void Receipt_SaysWhatBecameOfWhichMail()
    {
        var content = ContentReader.Read(MimeMessage.Parse(FlowDesk.Bytes("""
            From: bob@b.example
            To: support@helpdesk.test
            Subject: Read: Your question
            Content-Type: multipart/report; report-type=disposition-notification; boundary=r

            --r
            Content-Type: text/plain

            Your mail was read.
            --r
            Content-Type: message/disposition-notification

            Reporting-UA: pc.b.example; SomeMail 1.0
            Final-Recipient: rfc822; bob@b.example
            Original-Message-ID: <answer-7@helpdesk.test>
            Disposition: manual-action/MDN-sent-manually; displayed
            --r--
            """)), new Dictionary<string, int>());

        var receipt = content.Receipt!;
        Assert.Equal(("bob@b.example", "displayed", false, "answer-7@helpdesk.test"), (receipt.Recipient, receipt.Kind, receipt.ByItself, receipt.OriginalMessageId));
        Assert.Null(content.Complaint);
    }

    [Fact]
    public async Task Complaint_SaysWhoObjectsToWhat()
    {
        await using var desk = await FlowDesk.StartAsync();
        var (_, content) = await TakeAsync(desk, """
            From: feedback@isp.example
            To: support@helpdesk.test
            Subject: Email Feedback Report
            Content-Type: multipart/report; report-type=feedback-report; boundary=r

            --r
            Content-Type: text/plain

            This is an abuse report.
            --r
            Content-Type: message/feedback-report

            Feedback-Type: abuse
            User-Agent: SomeGenerator/1.0
            Version: 1
            Original-Mail-From: <support@helpdesk.test>
            Original-Rcpt-To: <bob@isp.example>
            Arrival-Date: Thu, 8 Mar 2026 14:00:00 +0100
            Source-IP: 192.0.2.1
            --r
            Content-Type: message/rfc822

            From: support@helpdesk.test
            Message-ID: <answer-7@helpdesk.test>
            Subject: Your question

            Hello
            --r--
            """);

        var complaint = content.Complaint!;
        Assert.Equal(("abuse", "support@helpdesk.test", "192.0.2.1", "answer-7@helpdesk.test"), (complaint.Kind, complaint.About, complaint.Host, complaint.OriginalMessageId));
        Assert.Equal(["bob@isp.example"], complaint.Recipients);
        Assert.Equal(new DateTime(2026, 3, 8, 13, 0, 0, DateTimeKind.Utc), complaint.ArrivedAt);
    }

    [Theory]
    [InlineData("Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIIB", ProtectionMethod.Smime, ProtectionForm.Encrypted, true)]
    [InlineData("Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=e\n\n--e\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--e\nContent-Type: application/octet-stream; name=encrypted.asc\n\n-----BEGIN PGP MESSAGE-----\n\nhQEM\n--e--\n", ProtectionMethod.PgpMime, ProtectionForm.Encrypted, true)]
    [InlineData("Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=s\n\n--s\nContent-Type: text/plain\n\nHello\n--s\nContent-Type: application/pkcs7-signature; name=smime.p7s\n\nMIIB\n--s--\n", ProtectionMethod.Smime, ProtectionForm.ClearSigned, false)]
    [InlineData("Content-Type: text/plain\n\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nHello\n-----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----\n", ProtectionMethod.InlinePgp, ProtectionForm.ClearSigned, false)]
    public async Task Protection_IsToldWithWhatItMeans(string mail, ProtectionMethod method, ProtectionForm form, bool closed)
    {
        await using var desk = await FlowDesk.StartAsync();
        var (message, content) = await TakeAsync(desk, "From: bob@b.example\nTo: support@helpdesk.test\nSubject: x\n" + mail);

        var protection = Assert.Single(content.Protections);
        Assert.Equal((method, form, closed), (protection.Method, protection.Form, protection.IsClosed));
        if (method == ProtectionMethod.Smime && !closed) Assert.Equal(message.Attachments.Select(file => file.Index), content.ShownFiles); // nobody need open a signature
    }

    [Fact]
    public async Task Html_IsCountedForWhatItHoldsBack_AndKept()
    {
        await using var desk = await FlowDesk.StartAsync();
        var (message, content) = await TakeAsync(desk, """
            From: bob@b.example
            Subject: x
            Content-Type: text/html

            <p>Hello</p><img src="https://b.example/logo.png" width=200><img src="https://b.example/open.gif" width="1" height="1"><img src="https://b.example/2.gif" style="display:none">
            """);

        Assert.Equal((3, 2), (content.Blocked, content.Hidden));
        Assert.Same(content, await desk.Get<MessageContents>().OfAsync(message.Id));
        await desk.SetUpAsync(db => db.TicketMessages.Where(row => row.Id == message.Id).ExecuteDeleteAsync());
        Assert.Null(await desk.Get<MessageContents>().OfAsync(message.Id)); // kept or not
    }

    [Fact]
    public async Task PlainMail_IsNotReadAgain()
    {
        await using var desk = await FlowDesk.StartAsync();
        var (_, content) = await TakeAsync(desk, "From: bob@b.example\nSubject: x\n\nHello");
        Assert.Same(MessageContent.Empty, content);
    }

    private static async Task<(MessageView Message, MessageContent Content)> TakeAsync(FlowDesk desk, string raw)
    {
        var ticket = (await desk.TakeAsync(raw)).TicketId!.Value;
        var message = Assert.Single(await desk.Get<TicketQueries>().ConversationAsync(ticket));
        return (message, (await desk.Get<MessageContents>().OfAsync(message.Id))!);
    }
}
