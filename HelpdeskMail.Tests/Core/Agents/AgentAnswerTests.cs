using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Routing.Agents;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Mime;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Agents;

/// <summary>Agents answer notifications by mail (P13): what goes out, and what never does.</summary>
public sealed class AgentAnswerTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task AgentsAnswer_GoesToTheCustomer_FromTheDepartmentsAddress_WithoutTheNotification(DatabaseProvider provider)
    {
        await using var desk = await AgentDesk.StartAsync(provider);
        var (ticket, notice) = await desk.NotifiedAsync();

        var mail = await desk.Flow.TakeAsync(AgentDesk.Answer(notice, "Please turn it off and on.\n\n--\nKim, private phone 0123"));

        Assert.Equal((DecisionReason.AgentAnswer, ticket), (mail.Reason, mail.TicketId));
        Assert.Equal([(OutboxPurpose.Agent, AgentDesk.Kim), (OutboxPurpose.Reply, "ann@b.example,boss@b.example")], await desk.OutboxAsync());
        await using var db = desk.Flow.Db();
        var sent = MimeMessage.Parse((await db.OutboxMails.SingleAsync(row => row.Purpose == OutboxPurpose.Reply)).Raw);
        Assert.Equal("support@helpdesk.test", Assert.Single(sent.From).Address);
        Assert.Equal("first@b", Assert.Single(sent.InReplyTo).Value);
        Assert.Equal("Please turn it off and on.", sent.Text!.Trim());
        var whole = System.Text.Encoding.Latin1.GetString(sent.Raw.Span);
        Assert.DoesNotContain("private", whole, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("stripes", whole, StringComparison.Ordinal);
        var message = (await desk.MessagesAsync(ticket))[^1];
        Assert.Equal((MessageDirection.Outbound, false, desk.KimId, "support@helpdesk.test", "Please turn it off and on."), (message.Direction, message.Internal, message.AuthorId, message.FromAddress, message.Text));
        Assert.Equal((TicketState.Open, 2), ((await desk.Flow.TicketAsync(ticket)).State, (await desk.Flow.TicketAsync(ticket)).MessageCount));
        var line = await db.TicketEvents.SingleAsync(row => row.TicketId == ticket && row.Kind == "reply");
        Assert.Equal((desk.KimId, "Kim Agent"), (line.ActorId, line.ActorName));
    }

    [Fact]
    public async Task CustomersAnswerToIt_ComesBackToTheTicket_AndTheAgentIsToldAgain()
    {
        await using var desk = await AgentDesk.StartAsync();
        var (ticket, notice) = await desk.NotifiedAsync();
        await desk.Flow.TakeAsync(AgentDesk.Answer(notice, "Turn it off."));
        var ours = (await desk.MessagesAsync(ticket))[^1];

        var back = await desk.Flow.TakeAsync($"From: ann@b.example\nTo: support@helpdesk.test\nSubject: Re: Printer\nIn-Reply-To: <{ours.MessageId}>\n\nthat helped");

        Assert.Equal((DecisionKind.AppendToTicket, ticket), (back.Decision, back.TicketId));
        var told = await desk.NoticeAsync();
        Assert.Contains("that helped", told.Text, StringComparison.Ordinal);
        Assert.Equal(notice.References[0], told.References[0]); // one thread in the agent's mail program
    }

    [Fact]
    public async Task Notification_IsFromAProgram_SignedForItsAgent_AndHasNoReturnPath()
    {
        await using var desk = await AgentDesk.StartAsync();
        var (ticket, notice) = await desk.NotifiedAsync();

        Assert.Equal(("auto-generated", "All", AgentDesk.Kim), (notice.Headers["Auto-Submitted"], notice.Headers["X-Auto-Response-Suppress"], notice.To[0].Address));
        Assert.StartsWith($"a{ticket}-", notice.References[0].Value, StringComparison.Ordinal);
        Assert.StartsWith(AgentWords.Top, notice.Text, StringComparison.Ordinal);
        Assert.Contains("ann@b.example, boss@b.example", notice.Text, StringComparison.Ordinal); // whom an answer goes to is said before it is sent (P19)
        await using var db = desk.Flow.Db();
        Assert.Equal("", (await db.OutboxMails.SingleAsync()).EnvelopeFrom);
    }

    [Fact]
    public async Task FilesOfTheAnswer_GoWithIt_ButNoMailsAmongThem()
    {
        await using var desk = await AgentDesk.StartAsync();
        var (ticket, notice) = await desk.NotifiedAsync();

        await desk.Flow.TakeAsync($"""
            From: {AgentDesk.Kim}
            To: support@helpdesk.test
            Subject: Re: Printer
            In-Reply-To: <{notice.MessageId!.Value.Value}>
            Message-ID: <with-files@private>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            See the manual.
            --b
            Content-Type: application/pdf; name=manual.pdf
            Content-Disposition: attachment; filename=manual.pdf
            Content-Transfer-Encoding: base64

            JVBERg==
            --b
            Content-Type: message/rfc822
            Content-Disposition: attachment; filename="notification.eml"

            From: support@helpdesk.test
            Subject: internal

            {AgentWords.Top}
            secret
            --b--
            """);

        var message = (await desk.MessagesAsync(ticket))[^1];
        var file = Assert.Single(message.Attachments);
        Assert.Equal(("manual.pdf", "%PDF"), (file.Name, System.Text.Encoding.ASCII.GetString((await desk.Flow.Get<MessageFiles>().AttachmentAsync(message.Id, file.Index))!.Bytes)));
        Assert.DoesNotContain("secret", System.Text.Encoding.Latin1.GetString((await desk.Flow.Get<MessageFiles>().RawAsync(message.Id))!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("From: mallory@evil.example", "somebody else")]
    [InlineData("From: " + AgentDesk.Lee, "another agent, to whom it was passed on")]
    public async Task AnswerToANotification_FromAnybodyElse_IsHeldAndSentToNobody(string from, string who)
    {
        await using var desk = await AgentDesk.StartAsync();
        var (ticket, notice) = await desk.NotifiedAsync();

        var mail = await desk.Flow.TakeAsync(AgentDesk.Answer(notice, "pay here: evil.example", from["From: ".Length..]));

        Assert.True(mail.State == StoredMailState.Quarantined && mail.Reason == DecisionReason.AgentUnproven, who);
        Assert.Single(await desk.OutboxAsync());
        Assert.Single(await desk.MessagesAsync(ticket));
    }

    [Fact]
    public async Task HeldAnswer_PutToItsTicketByHand_IsANote()
    {
        await using var desk = await AgentDesk.StartAsync();
        var (ticket, notice) = await desk.NotifiedAsync();
        var mail = await desk.Flow.TakeAsync(AgentDesk.Answer(notice, "hello", "kim@holiday.example"));

        var done = await desk.Flow.Get<HandDecisions>().ApplyAsync([mail.Id], new HandDecision.Append(ticket), new Actor(null, "Ada"));

        Assert.Null(done.Value![0].Fault);
        Assert.True((await desk.MessagesAsync(ticket))[^1].Internal);
    }

    [Fact]
    public async Task HeldAnswer_TriedAgainWhenTheMailboxWantsNoPassAnyMore_IsSent()
    {
        await using var desk = await AgentDesk.StartAsync();
        await desk.Flow.SetUpAsync(async db =>
        {
            foreach (var mailbox in await db.Mailboxes.ToListAsync()) (mailbox.AuthServers, mailbox.AgentsNeedPass) = ("mx.helpdesk.test", true);
        });
        var (_, notice) = await desk.NotifiedAsync();
        var mail = await desk.Flow.TakeAsync(AgentDesk.Answer(notice, "Turn it off."));
        await desk.Flow.SetUpAsync(async db =>
        {
            foreach (var mailbox in await db.Mailboxes.ToListAsync()) mailbox.AgentsNeedPass = false;
        });

        await desk.Flow.Get<HandDecisions>().ApplyAsync([mail.Id], new HandDecision.Retry(), new Actor(null, "Ada"));

        Assert.Single(await desk.OutboxAsync(), row => row.Purpose == OutboxPurpose.Reply);
    }

    [Fact]
    public async Task AgentWhoWasSwitchedOff_IsNobody()
    {
        await using var desk = await AgentDesk.StartAsync();
        var (_, notice) = await desk.NotifiedAsync();
        await desk.Flow.Get<UserAdministration>().SetActiveAsync(desk.KimId, active: false);

        var mail = await desk.Flow.TakeAsync(AgentDesk.Answer(notice, "bye"));

        Assert.Equal(DecisionReason.AgentUnproven, mail.Reason);
    }

    [Fact]
    public async Task AgentsMailWithAForgedSignature_IsAMailLikeAny()
    {
        await using var desk = await AgentDesk.StartAsync();
        var (ticket, notice) = await desk.NotifiedAsync();
        var anchor = notice.References[0].Value;
        var forged = $"a{ticket}-{(anchor[^30] == 'a' ? 'b' : 'a')}{new string('c', 15)}@helpdesk.test";

        var mail = await desk.Flow.TakeAsync($"From: {AgentDesk.Kim}\nTo: support@helpdesk.test\nSubject: Re: Printer\nIn-Reply-To: <{forged}>\n\nhello");

        Assert.Equal(DecisionKind.CreateTicket, mail.Decision);
        Assert.DoesNotContain(await desk.OutboxAsync(), row => row.Purpose == OutboxPurpose.Reply);
    }

    [Theory]
    [InlineData("Authentication-Results: mx.helpdesk.test; dmarc=pass header.from=private.example\n", DecisionReason.AgentAnswer)]
    [InlineData("", DecisionReason.AgentUnproven)]
    [InlineData("Authentication-Results: mx.helpdesk.test; dmarc=fail header.from=private.example\n", DecisionReason.AgentUnproven)]
    [InlineData("Authentication-Results: evil.example; dmarc=pass header.from=private.example\n", DecisionReason.AgentUnproven)]
    public async Task MailboxThatWantsAPass_TakesAnAgentsAnswerOnlyWithOne(string header, DecisionReason reason)
    {
        await using var desk = await AgentDesk.StartAsync();
        await desk.Flow.SetUpAsync(async db =>
        {
            foreach (var mailbox in await db.Mailboxes.ToListAsync()) (mailbox.AuthServers, mailbox.AgentsNeedPass) = ("mx.helpdesk.test", true);
        });
        var (_, notice) = await desk.NotifiedAsync();

        var mail = await desk.Flow.TakeAsync(header + AgentDesk.Answer(notice, "Turn it off."));

        Assert.Equal(reason, mail.Reason);
    }

    [Fact]
    public async Task ForgedAgent_IsHeld_EvenWhereNoPassIsWanted()
    {
        await using var desk = await AgentDesk.StartAsync();
        await desk.Flow.SetUpAsync(async db => (await db.Mailboxes.SingleAsync(row => row.Id == desk.Flow.SupportMailbox)).AuthServers = "mx.helpdesk.test");
        var (_, notice) = await desk.NotifiedAsync();

        var mail = await desk.Flow.TakeAsync("Authentication-Results: mx.helpdesk.test; dmarc=fail header.from=private.example\n" + AgentDesk.Answer(notice, "Turn it off."));

        Assert.Equal(DecisionReason.AgentUnproven, mail.Reason);
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied\nMessage-ID: <ooo@private>")]
    [InlineData("X-Autoreply: yes\nMessage-ID: <ooo@private>")]
    [InlineData("Precedence: auto_reply\nMessage-ID: <ooo@private>")]
    public async Task AgentsAbsenceNote_GoesToNobody(string headers)
    {
        await using var desk = await AgentDesk.StartAsync();
        var (ticket, notice) = await desk.NotifiedAsync();

        var mail = await desk.Flow.TakeAsync(AgentDesk.Answer(notice, "I am on holiday.", more: headers));

        Assert.Equal(DecisionKind.Ignore, mail.Decision);
        Assert.Single(await desk.OutboxAsync());
        Assert.Single(await desk.MessagesAsync(ticket));
    }

    [Fact]
    public async Task AgentsAbsenceNote_WithoutAnyReference_MakesNoTicketToTellHimOf()
    {
        await using var desk = await AgentDesk.StartAsync();
        await desk.NotifiedAsync();

        var mail = await desk.Flow.TakeAsync($"From: {AgentDesk.Kim}\nTo: support@helpdesk.test\nSubject: Out of office: Printer\nAuto-Submitted: auto-replied\n\nI am on holiday.");

        Assert.Equal(DecisionReason.AgentAutomatic, mail.Reason);
        Assert.Single(await desk.OutboxAsync());
    }

    [Fact]
    public async Task NotificationThatIsForwarded_IsNoAnswer()
    {
        await using var desk = await AgentDesk.StartAsync();
        var (_, notice) = await desk.NotifiedAsync();

        var mail = await desk.Flow.TakeAsync(AgentDesk.Answer(notice, "what shall I say?", subject: "Fwd: Printer"));

        Assert.Equal(DecisionReason.AgentUnproven, mail.Reason);
    }

    [Fact]
    public async Task SameAnswerThroughTwoMailboxes_IsSentOnce()
    {
        await using var desk = await AgentDesk.StartAsync();
        var (_, notice) = await desk.NotifiedAsync();
        var answer = AgentDesk.Answer(notice, "Turn it off.");

        await desk.Flow.TakeAsync("Received: by one\n" + answer);
        var second = await desk.Flow.TakeAsync("Received: by two\n" + answer, "sales");

        Assert.Equal((DecisionKind.Ignore, DecisionReason.DuplicateMessageId), (second.Decision, second.Reason));
        Assert.Single(await desk.OutboxAsync(), row => row.Purpose == OutboxPurpose.Reply);
    }

    [Fact]
    public async Task SameAnswerTwiceInOneBatch_IsSentOnce()
    {
        await using var desk = await AgentDesk.StartAsync();
        var (_, notice) = await desk.NotifiedAsync();
        var answer = AgentDesk.Answer(notice, "Turn it off.");
        await desk.Flow.StoreAsync("Received: by one\n" + answer);
        await desk.Flow.StoreAsync("Received: by two\n" + answer, "sales");

        await desk.Flow.Get<MailProcessor>().ProcessWaitingAsync();

        Assert.Single(await desk.OutboxAsync(), row => row.Purpose == OutboxPurpose.Reply);
    }

    [Fact]
    public async Task AnswersByMail_CanBeSwitchedOff()
    {
        await using var desk = await AgentDesk.StartAsync();
        var (_, notice) = await desk.NotifiedAsync();
        await desk.Flow.SetUpAsync(db => Task.FromResult(db.Add(new Setting { Key = Parameters.AgentsAnswer.Key, Value = "false" })));

        var mail = await desk.Flow.TakeAsync(AgentDesk.Answer(notice, "Turn it off."));

        Assert.Equal(DecisionReason.AgentUnproven, mail.Reason);
    }

    [Fact]
    public async Task AnswerByTheTaggedAddressAlone_IsFoundToo()
    {
        await using var desk = await AgentDesk.StartAsync();
        await desk.Flow.SetUpAsync(db => Task.FromResult(db.Add(new Setting { Key = Parameters.TagReplyAddress.Key, Value = "true" })));
        var (ticket, notice) = await desk.NotifiedAsync();

        var mail = await desk.Flow.TakeAsync($"From: {AgentDesk.Kim}\nTo: {notice.ReplyTo[0].Address}\nSubject: hi\nMessage-ID: <bare@private>\n\nTurn it off.");

        Assert.StartsWith($"support+a{ticket}-", notice.ReplyTo[0].Address, StringComparison.Ordinal);
        Assert.Equal((DecisionReason.AgentAnswer, ticket), (mail.Reason, mail.TicketId));
    }

    [Fact]
    public async Task AnswerToAMergedTicket_GoesToItsTarget()
    {
        await using var desk = await AgentDesk.StartAsync();
        var (ticket, notice) = await desk.NotifiedAsync();
        var target = (await desk.Flow.TakeAsync("From: bob@c.example\nTo: support@helpdesk.test\nSubject: other\n\nhi")).TicketId;
        await desk.Flow.ChangeTicketAsync(ticket, row => (row.State, row.MergedIntoId) = (TicketState.Merged, target));

        var mail = await desk.Flow.TakeAsync(AgentDesk.Answer(notice, "Turn it off."));

        Assert.Equal(target, mail.TicketId);
        Assert.Equal("bob@c.example", (await desk.OutboxAsync())[^1].Recipients);
    }

    [Fact]
    public async Task Explain_SaysWhereAnAnswerWouldGo_AndChangesNothing()
    {
        await using var desk = await AgentDesk.StartAsync();
        var (_, notice) = await desk.NotifiedAsync();

        var explained = await desk.Flow.Get<MailProcessor>().ExplainAsync(FlowDesk.Bytes(AgentDesk.Answer(notice, "Turn it off.")), "support");

        Assert.Contains(explained.Value!.Steps, step => step.Name == "agent" && step.Detail.Contains("to ann@b.example, boss@b.example from support@helpdesk.test", StringComparison.Ordinal));
        Assert.Single(await desk.OutboxAsync());
    }

    [Theory]
    [InlineData("Answer.\n\nAm 22.11.2026 um 10:11 schrieb Support:\n> {0}\n> secret", "Answer.")]
    [InlineData("Answer.\n\n________________________________\nFrom: Support\nSent: today\nTo: Kim\nSubject: x\n\n{0}\nsecret\n{1}", "Answer.")]
    [InlineData("Answer.\n\n{0}\nsecret, not quoted at all\n{1}", "Answer.")]
    [InlineData("Answer, the notification deleted.", "Answer, the notification deleted.")]
    [InlineData("> {0}\n> It prints stripes.\n\nBelow it.\n\n> {1}", "Below it.")]
    [InlineData("{0}\nsecret\n{1}\n\nBelow what nobody quoted.", null)] // can't be told apart
    [InlineData("secret, whose first line was deleted\n{1}", null)]
    [InlineData("> {0}\n> secret\n> {1}", null)] // nothing of his own
    [InlineData("On Sunday, 22 November 2026 at 10:11, Support <support@helpdesk.test> wrote:\n\n{0}\nsecret", null)]
    [InlineData("", null)]
    public void AgentsWords_AreToldFromTheNotification(string text, string? words)
    {
        var filled = text.Replace("{0}", AgentWords.Top, StringComparison.Ordinal).Replace("{1}", AgentWords.Bottom, StringComparison.Ordinal);

        Assert.Equal(words, AgentWords.Of(filled));
    }
}
