using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Ingestion;

public sealed class NewTicketTests
{
    [Fact]
    public async Task RedirectedMail_KeepsItsOriginalSender()
    {
        await using var desk = await FlowDesk.StartAsync();
        var mail = await desk.TakeAsync("""
            Return-Path: <SRS0=x1y2=AB=customer.test=alice@forwarder.test>
            Delivered-To: support@helpdesk.test
            Resent-From: office@forwarder.test
            Resent-To: support@helpdesk.test
            Resent-Message-ID: <again@forwarder.test>
            From: Alice <alice@customer.test>
            To: office@forwarder.test
            Message-ID: <lift@customer.test>
            Subject: The lift

            It is stuck.
            """);

        var ticket = await desk.TicketAsync(mail.TicketId);
        Assert.Equal(("alice@customer.test", "Alice"), (ticket.Customer!.Address, ticket.Customer.Name));
    }

    private const string Printer = """
        From: =?utf-8?q?J=C3=BCrgen_M=C3=BCller?= <Juergen@Kunde.example>
        To: Support <support@helpdesk.test>
        Cc: boss@kunde.example
        Subject: =?utf-8?q?Drucker_druckt_gr=C3=BCn?=
        Message-ID: <1@kunde.example>
        Date: Mon, 5 Jan 2026 09:00:00 +0100
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/plain; charset=utf-8

        Alles wird grün.
        --b
        Content-Type: image/png; name=foto.png
        Content-Transfer-Encoding: base64
        Content-ID: <foto@kunde>

        iVBORw0KGgo=
        --b--
        """;

    [Theory, OnSqlite, OnPostgres]
    public async Task NewMail_BecomesTicketWithBodyAttachmentAndCustomer(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);

        var stored = await desk.TakeAsync(Printer);

        Assert.Equal((StoredMailState.Decided, DecisionKind.CreateTicket, DecisionReason.NewConversation), (stored.State, stored.Decision!.Value, stored.Reason!.Value));
        var row = await desk.Get<TicketQueries>().GetAsync(stored.TicketId!.Value);
        Assert.Equal(("100001", "Drucker druckt grün", TicketState.New, "Support", "Jürgen Müller", "juergen@kunde.example", 1), (row!.Number, row.Subject, row.State, row.Queue, row.CustomerName, row.CustomerAddress, row.MessageCount));
        var message = Assert.Single(await desk.Get<TicketQueries>().MessagesAsync(row.Id));
        Assert.Equal("Alles wird grün.", message.Text.Trim());
        Assert.Equal(["boss@kunde.example"], message.Cc.Select(address => address.Address));
        Assert.Equal(new DateTime(2026, 1, 5, 8, 0, 0, DateTimeKind.Utc), message.Date);
        Assert.Contains(message.Trace, step => step.Name == "default queue" && step.Verdict == "matched");
        var file = Assert.Single(message.Attachments);
        Assert.Equal(("foto.png", "image/png", 8L, "foto@kunde"), (file.Name, file.Type, file.Size, file.Cid));
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], (await desk.Get<MessageFiles>().InlineAsync(message.Id, "foto@kunde"))!.Bytes);
        Assert.Equal(FlowDesk.Bytes(Printer), await desk.Get<MessageFiles>().RawAsync(message.Id));
    }

    [Fact]
    public async Task Decision_IsInTheCommunicationLogAndTheHistory()
    {
        await using var desk = await FlowDesk.StartAsync();

        var stored = await desk.TakeAsync(Printer);

        await using var db = desk.Db();
        var log = await db.Communications.SingleAsync();
        Assert.Equal((stored.Id, stored.TicketId, "support", "juergen@kunde.example", "support@helpdesk.test", stored.Sentence), (log.StoredMailId!.Value, log.TicketId, log.Account, log.Sender, log.Recipient, log.Summary));
        Assert.Equal("created", (await db.TicketEvents.SingleAsync()).Kind);
    }

    [Theory]
    [InlineData("From: a@b.example\n\nno subject", "(no subject)", "a@b.example")]
    [InlineData("Subject: no sender\n\nhello", "no sender", "unknown@invalid")]
    [InlineData("Return-Path: <envelope@b.example>\nSubject: x\n\nhello", "x", "envelope@b.example")]
    [InlineData("From: a@b.example\nSubject: nul \u0000 in it\n\nand \u0000 here", "nul  in it", "a@b.example")]
    public async Task MailThatLacksSomething_BecomesTicketAllTheSame(string raw, string subject, string customer)
    {
        await using var desk = await FlowDesk.StartAsync();

        var ticket = await desk.TicketAsync((await desk.TakeAsync(raw)).TicketId);

        Assert.Equal((subject, customer), (ticket.Subject, ticket.Customer!.Address));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ManyMailsAtOnce_GetNumbersInTheirOrderAndOneCustomerEach(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        for (var i = 1; i <= 300; i++) await desk.StoreAsync($"From: user{i % 7}@b.example\nSubject: {i}\nMessage-ID: <{i}@b>\n\nhello {i}");

        var result = await desk.Get<MailProcessor>().ProcessWaitingAsync();

        Assert.Equal(new ProcessingResult(300, 0), result);
        await using var db = desk.Db();
        Assert.Equal(7, await db.Customers.CountAsync());
        var tickets = await db.Tickets.OrderBy(ticket => ticket.Id).ToListAsync();
        Assert.Equal(Enumerable.Range(1, 300).Select(i => ($"{100000 + i}", $"{i}")), tickets.Select(ticket => (ticket.Number, ticket.Subject)));
        Assert.Equal(new ProcessingResult(0, 0), await desk.Get<MailProcessor>().ProcessWaitingAsync());
    }

    [Fact]
    public async Task MailThroughNoMailbox_GoesByTheMailboxItWasSentTo()
    {
        await using var desk = await FlowDesk.StartAsync();
        await desk.Get<MailIntake>().StoreAsync(FlowDesk.Bytes("From: a@b.example\nTo: x@y.example\nDelivered-To: sales@helpdesk.test\n\nhello"), MailSourceKind.Deliver, null, notices: false);

        await desk.Get<MailProcessor>().ProcessWaitingAsync();

        await using var db = desk.Db();
        Assert.Equal(desk.Sales, (await db.Tickets.SingleAsync()).QueueId);
    }

    [Fact]
    public async Task Intake_UnknownMailboxOrNoBytes_SaysSo()
    {
        await using var desk = await FlowDesk.StartAsync();
        var intake = desk.Get<MailIntake>();

        Assert.Contains("mailbox", (await intake.StoreAsync([1], MailSourceKind.Inbound, "nowhere", notices: false)).Errors.Keys);
        Assert.Contains("body", (await intake.StoreAsync([], MailSourceKind.Inbound, "support", notices: false)).Errors.Keys);
        await using var db = desk.Db();
        Assert.Equal(0, await db.StoredMails.CountAsync());
    }
}
