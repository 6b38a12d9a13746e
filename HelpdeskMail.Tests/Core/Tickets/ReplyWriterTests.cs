using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Routing.Addresses;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Mime;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Tickets;

public sealed class ReplyWriterTests
{
    private const string First = "From: Ann <ann@b.example>\nTo: support@helpdesk.test\nCc: boss@b.example, sales@helpdesk.test\nSubject: AW: Help\nMessage-ID: <first@b>\nReferences: <older@b>\n\nplease";

    private static readonly Actor Agent = new(null, "Agent Smith");

    [Theory, OnSqlite, OnPostgres]
    public async Task Reply_IsInTheTicketAndInTheOutboxAsOneCompleteMail(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        await desk.SetUpAsync(MakeDepartments);
        var ticket = (await desk.TakeAsync(First)).TicketId!.Value;
        var draft = new ReplyDraft { Text = "Hello Ann,\nit's done. Ünicode.", Attachments = [new ReplyAttachment("räport.txt", "text/plain", "hi"u8.ToArray())] };

        var written = await desk.Get<ReplyWriter>().WriteAsync(ticket, draft, Agent);

        Assert.True(written.Ok);
        var message = (await desk.Get<TicketQueries>().MessagesAsync(ticket))[1];
        Assert.Equal((written.Value, MessageDirection.Outbound, "Re: Help [#100001]"), (message.Id, message.Direction, message.Subject));
        Assert.Equal(("ann@b.example", OutboxState.Queued), (message.Delivery.Single().Address, message.Delivery.Single().State));
        var mail = MimeMessage.Parse((await desk.Get<MessageFiles>().RawAsync(message.Id))!);
        Assert.Equal((message.MessageId, "Re: Help [#100001]", "dept@helpdesk.test"), (mail.MessageId!.Value.Value, mail.Subject, mail.From[0].Address));
        Assert.Equal(["first@b"], mail.InReplyTo.Select(id => id.Value));
        Assert.Equal(["older@b", "first@b"], mail.References.Skip(1).Select(id => id.Value));
        Assert.Matches($"^t{ticket}-[a-z2-7]{{16}}@helpdesk.test$", mail.References[0].Value); // ours, which finds the ticket where a relay rewrites Message-IDs
        Assert.Contains("Ünicode.", mail.Text, StringComparison.Ordinal);
        Assert.Equal("räport.txt", Assert.Single(message.Attachments).Name);
        Assert.Equal("hi"u8.ToArray(), (await desk.Get<MessageFiles>().AttachmentAsync(message.Id, 0))!.Bytes);
        Assert.Equal((TicketState.Open, 2), ((await desk.TicketAsync(ticket)).State, (await desk.TicketAsync(ticket)).MessageCount));
    }

    [Fact]
    public async Task AnswerToOurReply_LandsInTheTicket()
    {
        await using var desk = await FlowDesk.StartAsync();
        await desk.SetUpAsync(MakeDepartments);
        var ticket = (await desk.TakeAsync(First)).TicketId!.Value;
        await desk.Get<ReplyWriter>().WriteAsync(ticket, new ReplyDraft { Text = "Done" }, Agent);
        var ours = (await desk.Get<TicketQueries>().MessagesAsync(ticket))[1].MessageId;

        var answer = await desk.TakeAsync($"From: ann@b.example\nSubject: thanks\nIn-Reply-To: <{ours}>\n\nthanks");

        Assert.Equal(ticket, answer.TicketId);
    }

    [Fact]
    public async Task Note_IsSentToNobodyAndKeepsItsFiles()
    {
        await using var desk = await FlowDesk.StartAsync();
        var ticket = (await desk.TakeAsync(First)).TicketId!.Value;

        var written = await desk.Get<ReplyWriter>().WriteAsync(ticket, new ReplyDraft { Text = "He is rude", Internal = true, Attachments = [new ReplyAttachment("a.bin", "application/octet-stream", [1, 2, 3])] }, Agent);

        Assert.True(written.Ok);
        await using var db = desk.Db();
        Assert.Equal(0, await db.OutboxMails.CountAsync());
        Assert.Equal([1, 2, 3], (await desk.Get<MessageFiles>().AttachmentAsync(written.Value, 0))!.Bytes);
        Assert.Equal(TicketState.New, (await desk.TicketAsync(ticket)).State);
    }

    [Fact]
    public async Task Reply_ThatCantBeSent_SaysWhyAndWritesNothing()
    {
        await using var desk = await FlowDesk.StartAsync();
        var ticket = (await desk.TakeAsync(First)).TicketId!.Value;

        var empty = await desk.Get<ReplyWriter>().WriteAsync(ticket, new ReplyDraft { Text = " ", Cc = [new MessageAddress(null, "no address")] }, Agent);

        Assert.Equal(["", "cc", "text"], empty.Errors.Keys.Order());
        Assert.Equal(1, (await desk.TicketAsync(ticket)).MessageCount);
    }

    [Fact]
    public async Task Preview_ProposesTheOthersButNeverOurOwnAddresses()
    {
        await using var desk = await FlowDesk.StartAsync();
        await desk.SetUpAsync(MakeDepartments);
        var ticket = (await desk.TakeAsync(First)).TicketId!.Value;

        var preview = (await desk.Get<ReplyWriter>().PreviewAsync(ticket))!;

        Assert.Equal(("ann@b.example", "boss@b.example"), (preview.To.Single().Address, preview.Cc.Single().Address));
    }

    [Theory]
    [InlineData("mailbox", "via@helpdesk.test")]
    [InlineData("department", "dept@helpdesk.test")]
    [InlineData("moved", "other@helpdesk.test")]
    [InlineData("system", "orders@partner.test")]
    [InlineData("global", "global@helpdesk.test")]
    public async Task ReplyRoute_FirstRuleThatAppliesWins(string rule, string expected)
    {
        await using var desk = await FlowDesk.StartAsync();
        var ticket = (await desk.TakeAsync(First)).TicketId!.Value;
        await desk.SetUpAsync(async db =>
        {
            var global = Account("global");
            db.Add(global);
            await db.SaveChangesAsync();
            db.Settings.Add(new HelpdeskMail.Core.Settings.Setting { Key = GlobalAccount.Key, Value = global.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) });
            if (rule == "global") return;
            var support = await db.Queues.SingleAsync(queue => queue.Name == "Support");
            var own = new SystemAddress { Address = "orders@partner.test", DisplayName = "Orders", QueueId = support.Id };
            db.Add(own);
            await db.SaveChangesAsync();
            support.SystemAddressId = own.Id;
            if (rule == "system") return;
            await MakeDepartments(db);
            if (rule is "mailbox" or "moved") (await db.Mailboxes.SingleAsync(mailbox => mailbox.Name == "support")).ReplyViaId = await Add(db, "via");
            if (rule != "moved") return;
            var department = new Department { Name = "Other", OutboundAccountId = await Add(db, "other") };
            var queue = new Queue { Name = "Elsewhere", Color = "#000000", Department = department };
            db.Add(queue);
            (await db.Tickets.SingleAsync()).Queue = queue;
        });

        Assert.Equal(expected, (await desk.Get<ReplyWriter>().PreviewAsync(ticket))!.Sender!.Address);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task DeliveryReport_MarksOurMessageWithTheRedEnvelope(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        await desk.SetUpAsync(MakeDepartments);
        var ticket = (await desk.TakeAsync(First)).TicketId!.Value;
        await desk.Get<ReplyWriter>().WriteAsync(ticket, new ReplyDraft { Text = "Done" }, Agent);
        var ours = (await desk.Get<TicketQueries>().MessagesAsync(ticket))[1];
        await using (var db = desk.Db()) await db.OutboxRecipients.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, OutboxState.Accepted));

        var report = await desk.TakeAsync($"""
            Return-Path: <>
            From: MAILER-DAEMON@mx.b.example
            To: dept@helpdesk.test
            Subject: Undelivered Mail Returned to Sender
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary=r

            --r
            Content-Type: text/plain

            Sorry.
            --r
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.b.example

            Final-Recipient: rfc822; Ann@b.example
            Action: failed
            Status: 5.1.1
            Diagnostic-Code: smtp; 550 5.1.1 no such user

            --r
            Content-Type: text/rfc822-headers

            Message-ID: <{ours.MessageId}>
            Subject: Re: Help
            --r--
            """);

        Assert.Equal((HelpdeskMail.Core.Ingestion.DecisionKind.RecordBounce, ticket), (report.Decision!.Value, report.TicketId));
        var marked = (await desk.Get<TicketQueries>().MessagesAsync(ticket))[1];
        Assert.Equal(("ann@b.example", "5.1.1", "There is no such mailbox."), (marked.Bounce!.Address, marked.Bounce.Status, marked.Bounce.Cause));
        Assert.Contains("no such user", marked.Bounce.Line, StringComparison.Ordinal);
        Assert.Equal(OutboxState.Bounced, marked.Delivery.Single().State);
        Assert.True((await desk.Get<TicketQueries>().GetAsync(ticket))!.HasBounce);
    }

    [Fact]
    public async Task OurOwnReplyComingBack_IsIgnored()
    {
        await using var desk = await FlowDesk.StartAsync();
        await desk.SetUpAsync(MakeDepartments);
        var ticket = (await desk.TakeAsync(First)).TicketId!.Value;
        var written = await desk.Get<ReplyWriter>().WriteAsync(ticket, new ReplyDraft { Text = "Done" }, Agent);
        var raw = System.Text.Encoding.UTF8.GetString((await desk.Get<MessageFiles>().RawAsync(written.Value))!);

        var back = await desk.TakeAsync("Received: from us\n" + raw, "sales");

        Assert.Equal((HelpdeskMail.Core.Ingestion.DecisionReason.OwnMessage, ticket), (back.Reason!.Value, back.TicketId));
    }

    private static async Task MakeDepartments(HelpdeskDb db) => (await db.Departments.SingleAsync(department => department.Name == "Helpdesk")).OutboundAccountId = await Add(db, "dept");

    private static async Task<long> Add(HelpdeskDb db, string name)
    {
        var account = Account(name);
        db.Add(account);
        await db.SaveChangesAsync();
        return account.Id;
    }

    private static OutboundAccount Account(string name) => new() { Name = name, Address = $"{name}@helpdesk.test", DisplayName = "The Helpdesk", Host = "localhost", Port = 25, Encryption = Encryption.None };
}
