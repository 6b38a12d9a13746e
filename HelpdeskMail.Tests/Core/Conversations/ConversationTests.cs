using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static HelpdeskMail.Core.Ingestion.DecisionReason;

namespace HelpdeskMail.Tests.Core.Conversations;

/// <summary>Everything that routing does, in one conversation of forty mails through real servers.</summary>
public sealed class ConversationTests(MailRig rig) : IClassFixture<MailRig>
{
    private const string ForwardedLamp = """
        --b
        Content-Type: text/plain

        He called about it, too.
        --b
        Content-Type: message/rfc822

        From: Gil <{0}>
        To: kim@private.test
        Subject: Lamp
        Message-ID: <lamp@customer.test>

        The lamp is dark.
        --b--
        """;

    private const string Receipt = """
        --r
        Content-Type: text/plain

        It was displayed.
        --r
        Content-Type: message/disposition-notification

        Final-Recipient: rfc822; {0}
        Original-Message-ID: <{1}>
        Disposition: manual-action/MDN-sent-manually; displayed

        --r--
        """;

    [RigFact]
    public async Task FortyMails_EndInExactlyTheExpectedTickets_AndTheLedgersAddUp()
    {
        await using var desk = await ConversationDesk.StartAsync(rig);
        var talk = new Conversation(desk, rig);
        var (ann, bob, cem, dora, eve, gil, robot, kim) = (rig.NewUser(), rig.NewUser(), rig.NewUser(), rig.NewUser(), rig.NewUser(), rig.NewUser(), rig.NewUser(), desk.Kim);
        var (alpha, beta, help, shop, pay) = (desk.Alpha, desk.Beta, desk.Boxes["help"].Address, desk.Boxes["shop"].Address, desk.Boxes["pay"].Address);
        const string Fay = "fay@customer.test", Ghost = "ghost@customer.test";

        // Six people and a list write for the first time.
        talk.Mail("01", ann.Address, $"support@{alpha}", "Printer").Is(NewConversation, "printer");
        talk.Mail("02", bob.Address, $"sales@{beta}", "An offer, please").Is(NewConversation, "offer");
        talk.Mail("03", cem.Address, $"billing@{alpha}", "Invoice 7").Is(NewConversation, "invoice"); // Kim is told
        talk.Mail("04", dora.Address, $"catchall@{alpha}", "Hello?").Is(DirectToCatchall);
        talk.Mail("05", dora.Address, $"vip@{beta}", "Hello?").Is(MayNotWrite); // customers only
        talk.Mail("06", "news@list.test", help, "Newsletter", more: "List-Id: <news.list.test>\nPrecedence: list").Is(NewConversation, "news");
        talk.Mail("07", robot.Address, $"support@{alpha}", "I am away").Is(NewConversation, "robot 1"); // and says nowhere that it is a machine
        await talk.GoAsync();
        var r1 = await talk.ReplyAsync("r1", "printer", ann);
        await talk.ChangeAsync("offer", new TicketChange(QueueId: desk.Queues["Returns"])); // whose answers come to the catch-all
        var r2 = await talk.ReplyAsync("r2", "offer", bob);
        var n1 = await talk.ArrivesAsync("n1", kim, "Invoice 7");
        var welcome = await talk.ArrivesAsync("welcome", cem, "Invoice 7");

        // They go on, each by another link of the chain; the robot answers its welcome.
        talk.Mail("08", ann.Address, r1.ReplyTo[0].Address, "Re: Printer", answers: "r1", more: $"Cc: Fay <{Fay}>").Is(FollowUpByMessageId, "printer");
        talk.Mail("09", bob.Address, r2.ReplyTo[0].Address, "quite another subject").Is(FollowUpByTag, "offer");
        talk.Mail("10", kim.Address, n1.ReplyTo[0].Address, "Re: " + n1.Subject, answers: "n1", body: $"It is paid.\n\nOn Sunday, the helpdesk wrote:\n> {n1.Text!.Trim().ReplaceLineEndings("\n> ")}").Is(AgentAnswer, "invoice");
        talk.Mail("11", cem.Address, help, "Away", answers: "welcome", more: "Auto-Submitted: auto-replied").Is(AnswerToNotice);
        talk.Mail("12", robot.Address, $"support@{alpha}", "I am away").Is(NewConversation, "robot 2");
        await talk.GoAsync();
        var a1 = await talk.ArrivesAsync("a1", cem, "It is paid.");
        await talk.ReplyAsync("r-robot", "robot 2", robot);
        var printer = await talk.NumberAsync("printer");

        // Ticket numbers, a relay that writes ids of its own, a stolen notification, an absence note.
        talk.Mail("13", Fay, $"support@{alpha}", $"about [#{printer}]").Is(FollowUpBySubject, "printer"); // takes part: was in Cc
        talk.Mail("14", dora.Address, $"support@{alpha}", $"about [#{printer}]").Is(NewConversation, "stranger");
        talk.Mail("15", cem.Address, $"billing@{alpha}", "Re: Invoice 7", more: $"In-Reply-To: <rewritten@relay.test>\nReferences: {string.Join(' ', a1.References.Where(id => !id.Value.StartsWith("03@", StringComparison.Ordinal)).Select(id => $"<{id.Value}>"))} <rewritten@relay.test>").Is(FollowUpBySignature, "invoice");
        talk.Mail("16", "mallory@evil.test", n1.ReplyTo[0].Address, "Re: Invoice 7", answers: "n1").Is(AgentUnproven);
        talk.Mail("17", cem.Address, a1.ReplyTo[0].Address, "Away", answers: "a1", more: "Auto-Submitted: auto-replied").Is(FollowUpByMessageId, "invoice");
        talk.Mail("18", robot.Address, $"support@{alpha}", "I am away").Is(NewConversation, "robot 3");
        await talk.GoAsync();
        await talk.ChangeAsync("printer", new TicketChange(QueueId: desk.Queues["Sales"])); // to another department
        var r3 = await talk.ReplyAsync("r3", "printer", ann);

        // Another domain's alias by its local part, redirected and forwarded mail, one mail to two mailboxes, and the robot once too often.
        talk.Mail("19", ann.Address, r3.ReplyTo[0].Address, "Re: Printer", answers: "r3").Is(FollowUpByMessageId, "printer");
        talk.Mail("20", bob.Address, $"sales@{alpha}", "A second question").Is(NewConversation, "second");
        talk.Mail("21", eve.Address, $"billing@{alpha}", "To our old address", more: "To: office@partner.test").Is(NewConversation, "redirected");
        talk.Mail("22", kim.Address, help, "Fwd: Lamp", more: "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b", body: ForwardedLamp.Replace("{0}", gil.Address, StringComparison.Ordinal)).Is(AgentForward, "lamp");
        talk.Mail("23", ann.Address, help, "To both", more: $"To: {help}, {shop}").Is(NewConversation, "both");
        talk.Mail("24", ann.Address, shop, "To both", more: $"To: {help}, {shop}\nMessage-ID: <23@helpdesk.test>").Is(DuplicateMessageId, "both");
        talk.Mail("25", robot.Address, $"support@{alpha}", "I am away").Is(LoopBlocked);
        await talk.GoAsync();
        await talk.ReplyAsync("r4", "second", bob);
        await talk.MergeAsync("second", into: "offer");
        var r5 = await talk.ReplyAsync("r5", "lamp", gil);
        var r6 = await talk.ReplyAsync("r6", "printer", ann, cc: Ghost); // whom nobody knows
        await talk.ReplyAsync("r7", "redirected", eve);

        // Merged, forwarded again, undeliverable, read; and the robot still.
        talk.Mail("26", bob.Address, $"sales@{beta}", "Re: A second question", answers: "r4").Is(FollowUpByMessageId, "offer");
        talk.Mail("27", gil.Address, r5.ReplyTo[0].Address, "Re: Lamp", answers: "r5").Is(FollowUpByMessageId, "lamp");
        talk.Mail("28", kim.Address, help, "Fwd: Lamp", more: "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b", body: ForwardedLamp.Replace("{0}", gil.Address, StringComparison.Ordinal).Replace("about it", "again", StringComparison.Ordinal)).Is(AgentForward, "lamp");
        talk.Comes("29", "shop", $"Final-Recipient: rfc822; {Ghost}").Is(DeliveryReport, "printer"); // written by Postfix
        talk.Mail("30", ann.Address, shop, "Read: Printer", more: "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=disposition-notification; boundary=r", body: Receipt.Replace("{0}", ann.Address, StringComparison.Ordinal).Replace("{1}", r6.MessageId!.Value.Value, StringComparison.Ordinal), sender: "").Is(ReadReceipt, "printer");
        talk.Mail("31", bob.Address, help, "Read: something", more: "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=disposition-notification; boundary=r", body: Receipt.Replace("{0}", bob.Address, StringComparison.Ordinal).Replace("{1}", "nothing@elsewhere.test", StringComparison.Ordinal), sender: "").Is(ReportOnUnknown);
        talk.Mail("32", robot.Address, $"support@{alpha}", "I am away").Is(LoopBlocked);
        await talk.GoAsync();
        foreach (var done in new[] { "printer", "lamp", "invoice" }) await talk.ChangeAsync(done, new TicketChange(State: TicketState.Closed));

        // Closed tickets by their queues' policies, a mailbox for replies only, and what comes a second time.
        talk.Mail("33", ann.Address, r6.ReplyTo[0].Address, "Re: Printer", answers: "r6").Is(ClosedTicket, "printer goes on");
        talk.Mail("34", gil.Address, r5.ReplyTo[0].Address, "Re: Lamp", answers: "r5").Is(FollowUpByMessageId, "lamp");
        talk.Mail("35", cem.Address, a1.ReplyTo[0].Address, "Re: Invoice 7", answers: "a1").Is(ClosedTicket, "invoice");
        talk.Mail("36", cem.Address, a1.ReplyTo[0].Address, "Away again", answers: "a1", more: "Auto-Submitted: auto-replied").Is(FollowUpByMessageId, "invoice");
        talk.PassOn("37", "r6", ann.Address, pay).Is(OwnMessage, "printer");
        talk.Mail("38", "hal@customer.test", pay, "Hello?"); // stays where it is
        talk.Mail("39", eve.Address, pay, "Re: To our old address", answers: "r7").Is(FollowUpByMessageId, "redirected");
        talk.Mail("40", ann.Address, $"support@{alpha}", "Printer", more: "Message-ID: <01@helpdesk.test>\nX-Way: another").Is(DuplicateMessageId, "printer");
        talk.Mail("41", dora.Address, $"bounce@{beta}", "Hello?").Is(DirectToCatchall);
        talk.Mail("42", bob.Address, $"vip@{beta}", "I am known now").Is(NewConversation, "vip");
        await talk.GoAsync();

        Assert.Equal(
            """
            printer: Sales Closed <01 >r1 <08 <13 >r3 <19 >r6!
            offer: Returns Open <02 >r2 <09 <26
            invoice: Billing Closed <03 >a1 <15 <17~ <36~
            news: Support New <06~
            robot 1: Support New <07
            robot 2: Support Open <12 >r-robot
            stranger: Support New <14
            robot 3: Support New <18
            second: Sales Merged into offer <20 >r4
            redirected: Billing Open <21 >r7 <39
            lamp: Support Open <lamp [22] >r5 <27 [28] <34
            both: Support New <23
            printer goes on: Sales New <33
            vip: Sales New <42
            """,
            await talk.TranscriptAsync());
        Assert.Equal((help, shop, pay), (r1.From[0].Address, r3.From[0].Address, a1.From[0].Address)); // moved: the other department answers
        await SentAsync(desk, ann.Address, Ghost);
        await ToldAsync(desk, new() { [ann.Address] = "ann", [bob.Address] = "bob", [cem.Address] = "cem", [dora.Address] = "dora", [eve.Address] = "eve", [robot.Address] = "robot" });
        foreach (var (box, quarantined, skipped) in new[] { ("help", 3, 0), ("shop", 0, 0), ("pay", 0, 1) }) await LedgerAsync(desk, talk, box, quarantined, skipped);
    }

    /// <summary>Everything we wrote was sent once; one mail is known to have been read, and only what nobody knows came back.</summary>
    private static async Task SentAsync(ConversationDesk desk, string reader, string ghost)
    {
        await using var db = desk.Helpdesk.Db();
        var recipients = await db.OutboxRecipients.OrderBy(row => row.Id).Select(row => new { row.Address, row.State }).ToListAsync();
        Assert.Equal([(reader, OutboxState.Delivered), (ghost, OutboxState.Bounced)], recipients.Where(row => row.State != OutboxState.Accepted).Select(row => (row.Address, row.State)));
        Assert.Equal(9, await db.OutboxMails.CountAsync(mail => mail.Purpose == OutboxPurpose.Reply)); // eight answers and Kim's
    }

    private static async Task ToldAsync(ConversationDesk desk, Dictionary<string, string> names)
    {
        await using var db = desk.Helpdesk.Db();
        var told = (await db.SentNotices.ToListAsync()).Select(notice => $"{names.GetValueOrDefault(notice.Address, notice.Address)} {notice.Kind}").Order(StringComparer.Ordinal);
        Assert.Equal(
            ["ann Registration", "bob Registration", "cem Refusal", "cem Registration", "dora Refusal", "dora Registration", "eve Registration", "robot Loop", "robot Registration"], told);
    }

    private static async Task LedgerAsync(ConversationDesk desk, Conversation talk, string box, int quarantined, int skipped)
    {
        var mails = talk.Script.Count(mail => mail.Box == box);
        var compared = (await desk.Helpdesk.Get<Reconciler>().RunAsync(desk.Mailboxes[box], Actor.System, TimeSpan.FromSeconds(30)))!.Found!;
        Assert.Equal(quarantined > 0 ? [(LedgerDifferenceKind.QuarantinedThere, quarantined)] : [], compared.Differences.Select(difference => (difference.Kind, difference.Count))); // they wait where they came
        Assert.Equal((box, 0, 0), (box, compared.Waiting, compared.Unknown));
        var ledger = await desk.Helpdesk.Get<LedgerQueries>().SummaryAsync(desk.Mailboxes[box]);
        Assert.Equal((box, mails, mails, mails, quarantined, skipped), (box, ledger.Total, ledger.Accounted, ledger.OnServer, ledger.Quarantined, ledger.Skipped));
        await using var db = desk.Helpdesk.Db();
        var mailbox = desk.Mailboxes[box];
        Assert.Equal((box, mails - skipped), (box, await db.StoredMails.CountAsync(mail => mail.MailboxId == mailbox)));
        Assert.Equal(await db.TicketMessages.CountAsync(message => message.StoredMailId != null), await db.TicketMessages.Where(message => message.StoredMailId != null).Select(message => new { message.StoredMailId, message.Internal }).Distinct().CountAsync());
    }
}
