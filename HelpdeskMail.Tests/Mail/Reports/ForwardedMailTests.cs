using HelpdeskMail.Mail.Mime;
using HelpdeskMail.Mail.Reports;
using HelpdeskMail.Tests.Mail.Mime;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Reports;

/// <summary>Forwards as mail programs write them, each with the words in view.</summary>
public sealed class ForwardedMailTests
{
    public static TheoryData<string, string, string> Programs() => new()
    {
        { "Gmail", "Fwd: Printer broken", """
            please take this one

            ---------- Forwarded message ---------
            From: Ann Example <ann@b.example>
            Date: Tue, Mar 5, 2024 at 10:11 AM
            Subject: Printer broken
            To: Agent <agent@helpdesk.test>
            Cc: <boss@b.example>, Max <max@b.example>


            It prints stripes.
            """ },
        { "Gmail, German", "Fwd: Printer broken", """
            please take this one

            ---------- Forwarded message ---------
            Von: Ann Example <ann@b.example>
            Date: Di., 5. März 2024 um 10:11 Uhr
            Subject: Printer broken
            To: Agent <agent@helpdesk.test>
            Cc: boss@b.example, max@b.example

            It prints stripes.
            """ },
        { "Outlook", "FW: Printer broken", """
            please take this one

            Kind regards
            Agent Smith

            From: Ann Example <ann@b.example>
            Sent: Tuesday, March 5, 2024 10:11 AM
            To: Agent <agent@helpdesk.test>
            Cc: boss@b.example; Max <max@b.example>
            Subject: Printer broken

            It prints stripes.
            """ },
        { "Outlook 2010, German", "WG: Printer broken", """
            please take this one


            -----Ursprüngliche Nachricht-----
            Von: Ann Example [mailto:ann@b.example]
            Gesendet: Dienstag, 5. März 2024 10:11
            An: Agent
            Cc: boss@b.example; max@b.example
            Betreff: Printer broken

            It prints stripes.
            """ },
        { "Outlook on the web, French", "TR: Printer broken", """
            please take this one
            ________________________________
            De : Ann Example <ann@b.example>
            Envoyé : mardi 5 mars 2024 10:11
            À : Agent <agent@helpdesk.test>
            Cc : boss@b.example; max@b.example
            Objet : Printer broken

            It prints stripes.
            """ },
        { "Outlook, Spanish", "RV: Printer broken", """
            please take this one

            De: Ann Example <ann@b.example>
            Enviado el: martes, 5 de marzo de 2024 10:11
            Para: Agent <agent@helpdesk.test>
            CC: boss@b.example; max@b.example
            Asunto: Printer broken

            It prints stripes.
            """ },
        { "Outlook, Italian", "I: Printer broken", """
            please take this one

            Da: Ann Example <ann@b.example>
            Inviato: martedì 5 marzo 2024 10:11
            A: Agent <agent@helpdesk.test>
            Cc: boss@b.example; max@b.example
            Oggetto: Printer broken

            It prints stripes.
            """ },
        { "Outlook, Portuguese", "ENC: Printer broken", """
            please take this one

            De: Ann Example <ann@b.example>
            Enviada em: terça-feira, 5 de março de 2024 10:11
            Para: Agent <agent@helpdesk.test>
            Cc: boss@b.example; max@b.example
            Assunto: Printer broken

            It prints stripes.
            """ },
        { "Outlook, Dutch", "Doorst: Printer broken", """
            please take this one

            Van: Ann Example <ann@b.example>
            Verzonden: dinsdag 5 maart 2024 10:11
            Aan: Agent <agent@helpdesk.test>
            CC: boss@b.example; max@b.example
            Onderwerp: Printer broken

            It prints stripes.
            """ },
        { "Outlook, Swedish", "VB: Printer broken", """
            please take this one

            Från: Ann Example <ann@b.example>
            Skickat: den 5 mars 2024 10:11
            Till: Agent <agent@helpdesk.test>
            Kopia: boss@b.example; max@b.example
            Ämne: Printer broken

            It prints stripes.
            """ },
        { "Outlook, Polish", "PD: Printer broken", """
            please take this one

            Od: Ann Example <ann@b.example>
            Wysłano: wtorek, 5 marca 2024 10:11
            Do: Agent <agent@helpdesk.test>
            DW: boss@b.example; max@b.example
            Temat: Printer broken

            It prints stripes.
            """ },
        { "Outlook, Japanese", "FW: Printer broken", """
            please take this one

            差出人: Ann Example <ann@b.example>
            送信日時: 2024年3月5日 10:11
            宛先: Agent <agent@helpdesk.test>
            CC: boss@b.example; max@b.example
            件名: Printer broken

            It prints stripes.
            """ },
        { "Foxmail, Chinese", "转发：Printer broken", """
            please take this one

            发件人：Ann Example <ann@b.example>
            发送时间：2024-03-05 10:11
            收件人：Agent <agent@helpdesk.test>
            抄送：boss@b.example; max@b.example
            主题：Printer broken

            It prints stripes.
            """ },
        { "Outlook for iOS, the labels bold", "Fwd: Printer broken", """
            please take this one

            Get Outlook for iOS<https://aka.ms/o0ukef>
            ________________________________
            *From:* Ann Example <ann@b.example<mailto:ann@b.example>>
            *Sent:* Tuesday, March 5, 2024 10:11:12 AM
            *To:* Agent <agent@helpdesk.test>
            *Cc:* boss@b.example; max@b.example
            *Subject:* Printer broken

            It prints stripes.
            """ },
        { "Apple Mail", "Fwd: Printer broken", """
            please take this one

            > Begin forwarded message:
            >
            > From: Ann Example <ann@b.example>
            > Subject: Printer broken
            > Date: 5 March 2024 at 10:11:12 CET
            > To: Agent <agent@helpdesk.test>
            > Cc: boss@b.example, max@b.example
            >
            > It prints stripes.
            """ },
        { "Apple Mail, German, unquoted", "WG: Printer broken", """
            please take this one

            Anfang der weitergeleiteten Nachricht:

            Von: Ann Example <ann@b.example>
            Betreff: Printer broken
            Datum: 5. März 2024 um 10:11:12 MEZ
            An: Agent <agent@helpdesk.test>
            Kopie: boss@b.example, max@b.example

            It prints stripes.
            """ },
        { "Thunderbird", "Fwd: Printer broken", """
            please take this one


            -------- Forwarded Message --------
            Subject: 	Printer broken
            Date: 	Tue, 5 Mar 2024 10:11:12 +0100
            From: 	Ann Example <ann@b.example>
            To: 	Agent <agent@helpdesk.test>
            CC: 	boss@b.example, max@b.example



            It prints stripes.
            """ },
        { "Thunderbird, German", "Fwd: Printer broken", """
            please take this one

            -------- Weitergeleitete Nachricht --------
            Betreff: 	Printer broken
            Datum: 	Tue, 5 Mar 2024 10:11:12 +0100
            Von: 	Ann Example <ann@b.example>
            An: 	Agent <agent@helpdesk.test>
            Kopie (CC): 	boss@b.example, max@b.example

            It prints stripes.
            """ },
        { "Yahoo and Zimbra", "Fw: Printer broken", """
            please take this one

             ----- Forwarded Message -----
            From: "Ann Example" <ann@b.example>
            To: "Agent" <agent@helpdesk.test>
            Cc: boss@b.example, max@b.example
            Sent: Tuesday, 5 March 2024 at 10:11:12 CET
            Subject: Printer broken

            It prints stripes.
            """ },
        { "Proton", "Fw: Printer broken", """
            please take this one

            ------- Forwarded Message -------
            From: Ann Example <ann@b.example>
            Date: On Tuesday, March 5th, 2024 at 10:11
            Subject: Printer broken
            To: Agent <agent@helpdesk.test>
            CC: boss@b.example, max@b.example


            > It prints stripes.
            """ },
        { "Roundcube", "Fwd: Printer broken", """
            please take this one

            -------- Originalnachricht --------
            Betreff: Printer broken
            Datum: 2024-03-05 10:11
            Von: Ann Example <ann@b.example>
            An: agent@helpdesk.test
            Cc: boss@b.example,
             max@b.example

            It prints stripes.
            """ },
        { "mutt", "[ann@b.example: Printer broken] (fwd)", """
            please take this one

            ----- Forwarded message from Ann Example <ann@b.example> -----

            Date: Tue, 5 Mar 2024 10:11:12 +0100
            From: Ann Example <ann@b.example>
            To: agent@helpdesk.test
            Cc: boss@b.example, max@b.example
            Subject: Printer broken

            It prints stripes.

            ----- End forwarded message -----
            """ },
        { "GMX and Web.de", "Fw: Printer broken", """
            please take this one

            Gesendet: Dienstag, 05. März 2024 um 10:11 Uhr
            Von: "Ann Example" <ann@b.example>
            An: agent@helpdesk.test
            Cc: boss@b.example, max@b.example
            Betreff: Printer broken

            It prints stripes.
            """ },
        { "HCL Notes", "Fw: Printer broken", """
            please take this one

            ----- Forwarded by Agent Smith/Helpdesk/Test on 05.03.2024 10:20 -----

            From:   "Ann Example" <ann@b.example>
            To:     agent@helpdesk.test
            Cc:     boss@b.example, max@b.example
            Date:   05.03.2024 10:11
            Subject:        Printer broken

            It prints stripes.
            """ },
        { "Blank lines between the header lines, as HTML makes them", "FW: Printer broken", """
            please take this one

            From: Ann Example <ann@b.example>

            Sent: Tuesday, March 5, 2024 10:11 AM

            To: Agent <agent@helpdesk.test>

            Cc: boss@b.example; max@b.example

            Subject: Printer broken

            It prints stripes.
            """ },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public void InlineForward_OfEveryProgram_TellsItsAuthor(string program, string subject, string body)
    {
        var mail = Mail(subject, body);

        var forwarded = ForwardedMails.Read(mail);

        Assert.True(forwarded is not null, program);
        Assert.Equal(("Ann Example", "ann@b.example"), (forwarded.Author.DisplayName, forwarded.Author.Address));
        Assert.Equal("Printer broken", forwarded.Subject);
        Assert.Equal(["boss@b.example", "max@b.example"], forwarded.Cc.Select(address => address.Address));
        Assert.Equal("please take this one", forwarded.Comment);
        Assert.Equal("It prints stripes.", forwarded.Text.Replace("> ", "", StringComparison.Ordinal)); // Proton quotes the body and not the header
    }

    [Fact]
    public void HtmlForward_WithoutPlainText_IsReadToo()
    {
        var mail = RawMail.Parse("""
            From: agent@helpdesk.test
            Subject: Fwd: Printer broken
            Content-Type: text/html; charset=utf-8

            <div>for you</div><br><div class="gmail_quote"><div>---------- Forwarded message ---------<br>From: <strong>Ann</strong> <span>&lt;<a href="mailto:ann@b.example">ann@b.example</a>&gt;</span><br>Date: Tue, Mar 5, 2024 at 10:11 AM<br>Subject: Printer broken<br>To: &lt;agent@helpdesk.test&gt;<br></div><br><br><p>It prints stripes.</p></div>
            """);

        var forwarded = ForwardedMails.Read(mail);

        Assert.Equal(("Ann", "ann@b.example"), (forwarded?.Author.DisplayName, forwarded?.Author.Address));
        Assert.Equal(("for you", "It prints stripes."), (forwarded?.Comment, forwarded?.Text));
    }

    [Theory]
    [InlineData("Fwd: Printer broken")]
    [InlineData("Printer broken")] // named like the file
    [InlineData("")]
    public void ForwardAsFile_IsReadFromTheFile(string subject)
    {
        var mail = AsFile(subject);

        var forwarded = ForwardedMails.Read(mail);

        Assert.Equal(("ann@b.example", "orig-1@b.example", "2"), (forwarded?.Author.Address, forwarded?.MessageId?.Value, forwarded?.PartPath));
        Assert.Equal(("see the file", "It prints stripes."), (forwarded?.Comment, forwarded?.Text.Trim()));
    }

    [Fact]
    public void MailWithAMailAttached_UnderAnotherSubject_IsNoForward() => Assert.Null(ForwardedMails.Read(AsFile("Quarterly report")));

    [Theory]
    [InlineData("Re: Printer broken", "From: Ann <ann@b.example>\nSent: today\nTo: x@y.example\nSubject: z\n\nno")] // an answer, whatever it quotes
    [InlineData("Fwd: Printer broken", "Just words, and no header: ann@b.example\nFrom: here on it goes wrong.\nTo: be or not to be")]
    [InlineData("FW: Printer broken", "From: Example, Ann\nSent: Tuesday\nTo: Agent\nSubject: no address, as Outlook shows colleagues\n\nhi")]
    [InlineData("Fwd: Printer broken", "From: Ann <ann@b.example>\nhello")] // one label announces nothing
    public void WhatTellsNoAuthor_IsNoForward(string subject, string body) => Assert.Null(ForwardedMails.Read(Mail(subject, body)));

    [Fact]
    public void ForwardOfAForward_GivesTheOuterOne_AndItsTextTheInner()
    {
        var outer = ForwardedMails.Read(Mail("Fwd: Fwd: Printer", """
            ---------- Forwarded message ---------
            From: Colleague <col@helpdesk.test>
            Date: Wed, Mar 6, 2024 at 10:11 AM
            Subject: Fwd: Printer
            To: <agent@helpdesk.test>

            yours?

            ---------- Forwarded message ---------
            From: Ann <ann@b.example>
            Date: Tue, Mar 5, 2024 at 10:11 AM
            Subject: Printer
            To: <col@helpdesk.test>

            It prints stripes.
            """));

        Assert.Equal("col@helpdesk.test", outer?.Author.Address);
        var inner = ForwardedMails.ReadText(outer!.Text);
        Assert.Equal(("ann@b.example", "yours?", "It prints stripes."), (inner?.Author.Address, inner?.Comment, inner?.Text));
    }

    [Theory]
    [InlineData("Fwd: Re: Hilfe", "Re: Hilfe")]
    [InlineData("WG: FW: Hilfe", "Hilfe")]
    [InlineData("[Fwd: Hilfe]", "Hilfe")]
    [InlineData("Fwd[2]: Hilfe", "Hilfe")]
    [InlineData("Hilfe (fwd)", "Hilfe")]
    [InlineData("tr : Aide", "Aide")]
    [InlineData("转发：帮助", "帮助")]
    public void ForwardPrefixes_AreCutOff(string subject, string rest)
    {
        Assert.True(ForwardSubject.Is(subject));
        Assert.Equal(rest, ForwardSubject.Without(subject));
    }

    [Theory]
    [InlineData("Re: Fwd: Hilfe")]
    [InlineData("Invoice: 12")]
    [InlineData("Forwarding agents wanted")]
    [InlineData("")]
    public void OtherSubjects_AreNoForwards(string subject) => Assert.False(ForwardSubject.Is(subject));

    private static MimeMessage Mail(string subject, string body) => MimeMessage.Parse(System.Text.Encoding.UTF8.GetBytes(
        $"From: Agent Smith <agent@helpdesk.test>\nTo: support@helpdesk.test\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body}".ReplaceLineEndings("\r\n")));

    private static MimeMessage AsFile(string subject) => RawMail.Parse($"""
        From: agent@helpdesk.test
        Subject: {subject}
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/plain

        see the file
        --b
        Content-Type: message/rfc822
        Content-Disposition: attachment; filename="Printer broken.eml"

        From: Ann <ann@b.example>
        To: agent@helpdesk.test
        Subject: Printer broken
        Message-ID: <orig-1@b.example>
        Date: Tue, 5 Mar 2024 10:11:12 +0100

        It prints stripes.
        --b--
        """);
}
