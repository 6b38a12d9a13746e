using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Agents;

/// <summary>What an agent forwards becomes its author's ticket (P14).</summary>
public sealed class AgentForwardTests
{
    private const string Inline = $"""
        From: Private Name <{AgentDesk.Kim}>
        To: support@helpdesk.test
        Subject: Fwd: Printer broken
        Message-ID: <fwd-1@private>

        he called twice already

        ---------- Forwarded message ---------
        From: Bob <Bob@c.example>
        Date: Tue, Mar 5, 2024 at 10:11 AM
        Subject: Printer broken
        To: <{AgentDesk.Kim}>
        Cc: wife@c.example

        It prints stripes.
        """;

    private const string AsFile = $"""
        From: {AgentDesk.Kim}
        To: support@helpdesk.test
        Subject: WG: Printer broken
        Message-ID: <fwd-2@private>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/plain

        see below
        --b
        Content-Type: message/rfc822
        Content-Disposition: attachment; filename=mail.eml

        From: Bob <bob@c.example>
        To: {AgentDesk.Kim}
        Subject: Printer broken
        Message-ID: <orig-1@c>
        Authentication-Results: mx.helpdesk.test; dmarc=pass header.from=c.example
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=inner

        --inner
        Content-Type: text/html

        <p>It prints <b>stripes</b>.</p>
        --inner
        Content-Type: text/plain; name=log.txt
        Content-Disposition: attachment; filename=log.txt

        paper jam
        --inner--
        --b--
        """;

    [Theory, OnSqlite, OnPostgres]
    public async Task InlineForward_MakesItsAuthorTheCustomer_AndTheAgentsWordsANote(DatabaseProvider provider)
    {
        await using var desk = await AgentDesk.StartAsync(provider);

        var mail = await desk.Flow.TakeAsync(Inline);

        Assert.Equal((DecisionKind.CreateTicket, DecisionReason.AgentForward), (mail.Decision, mail.Reason));
        var ticket = await desk.Flow.TicketAsync(mail.TicketId);
        Assert.Equal(("Printer broken", "bob@c.example", "Bob", 2), (ticket.Subject, ticket.Customer!.Address, ticket.Customer.Name, ticket.MessageCount));
        var messages = await desk.MessagesAsync(mail.TicketId);
        Assert.Equal([(MessageDirection.Inbound, false, "It prints stripes."), (MessageDirection.Outbound, true, "he called twice already")], messages.Select(message => (message.Direction, message.Internal, message.Text)));
        Assert.Equal(("bob@c.example", "Kim Agent", desk.KimId), (messages[0].FromAddress, messages[0].ForwardedBy, messages[1].AuthorId));
        var preview = await desk.Flow.Get<ReplyWriter>().PreviewAsync(ticket.Id);
        Assert.Equal(["bob@c.example"], preview!.To.Select(address => address.Address)); // and never the agent's private address
        await using var db = desk.Flow.Db();
        Assert.Equal(["wife@c.example"], await db.TicketParticipants.Select(row => row.Address).ToListAsync());
    }

    [Fact]
    public async Task ForwardAsFile_KeepsTheMailAsItCame_WithItsFiles_AndItsThread()
    {
        await using var desk = await AgentDesk.StartAsync();

        var mail = await desk.Flow.TakeAsync(AsFile);
        var later = await desk.Flow.TakeAsync("From: bob@c.example\nTo: support@helpdesk.test\nSubject: Re: Printer broken\nReferences: <orig-1@c>\n\nstill");

        Assert.Equal(mail.TicketId, later.TicketId);
        var messages = await desk.Flow.Get<TicketQueries>().MessagesAsync(mail.TicketId!.Value);
        Assert.Equal("orig-1@c", messages[0].MessageId);
        Assert.Contains("<b>stripes</b>", messages[0].Html, StringComparison.Ordinal);
        Assert.Equal("log.txt", messages[0].Attachments[0].Name);
        Assert.Equal("paper jam", System.Text.Encoding.ASCII.GetString((await desk.Flow.Get<MessageFiles>().AttachmentAsync(messages[0].Id, 0))!.Bytes).Trim());
        Assert.Null(messages[0].Trust); // results inside a forwarded mail are whatever its sender wrote (RFC 8601 §7.10)
    }

    [Fact]
    public async Task ForwardOfAMailThatIsInATicket_BecomesANoteThere()
    {
        await using var desk = await AgentDesk.StartAsync();
        var ticket = (await desk.Flow.TakeAsync("From: bob@c.example\nTo: support@helpdesk.test\nSubject: Printer broken\nMessage-ID: <orig-1@c>\n\nIt prints stripes.")).TicketId;

        var mail = await desk.Flow.TakeAsync(AsFile);

        Assert.Equal((DecisionKind.AppendToTicket, DecisionReason.AgentForward, ticket), (mail.Decision, mail.Reason, mail.TicketId));
        Assert.True((await desk.MessagesAsync(ticket))[^1].Internal);
    }

    [Fact]
    public async Task SameForwardToTwoQueues_IsOneTicket()
    {
        await using var desk = await AgentDesk.StartAsync();

        await desk.Flow.TakeAsync("Received: by one\n" + Inline);
        var second = await desk.Flow.TakeAsync("Received: by two\n" + Inline, "sales");

        Assert.Equal(DecisionReason.DuplicateMessageId, second.Reason);
    }

    [Fact]
    public async Task ForwardOfAColleaguesForward_FindsTheCustomerInside()
    {
        await using var desk = await AgentDesk.StartAsync();

        var mail = await desk.Flow.TakeAsync($"""
            From: {AgentDesk.Kim}
            To: support@helpdesk.test
            Subject: Fwd: Fwd: Printer broken
            Message-ID: <fwd-3@private>

            ---------- Forwarded message ---------
            From: Lee <{AgentDesk.Lee}>
            Date: Wed, Mar 6, 2024 at 10:11 AM
            Subject: Fwd: Printer broken
            To: <{AgentDesk.Kim}>

            yours?

            ---------- Forwarded message ---------
            From: Bob <bob@c.example>
            Date: Tue, Mar 5, 2024 at 10:11 AM
            Subject: Printer broken
            To: <{AgentDesk.Lee}>

            It prints stripes.
            """);

        Assert.Equal("bob@c.example", (await desk.Flow.TicketAsync(mail.TicketId)).Customer!.Address);
        Assert.Contains("yours?", (await desk.MessagesAsync(mail.TicketId))[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SomebodyElsesForward_IsHisOwnMail()
    {
        await using var desk = await AgentDesk.StartAsync();

        var mail = await desk.Flow.TakeAsync(Inline.Replace(AgentDesk.Kim, "carl@c.example", StringComparison.Ordinal));

        var ticket = await desk.Flow.TicketAsync(mail.TicketId);
        Assert.Equal(("Fwd: Printer broken", "carl@c.example"), (ticket.Subject, ticket.Customer!.Address));
    }

    [Theory]
    [InlineData("", "kim@private.example")] // no pass: anybody's mail
    [InlineData("Authentication-Results: mx.helpdesk.test; dkim=pass header.d=private.example\n", "bob@c.example")]
    public async Task MailboxThatWantsAPass_TakesAForwardForAnAgentsOnlyWithOne(string header, string customer)
    {
        await using var desk = await AgentDesk.StartAsync();
        await desk.Flow.SetUpAsync(async db =>
        {
            var mailbox = await db.Mailboxes.SingleAsync(row => row.Id == desk.Flow.SupportMailbox);
            (mailbox.AuthServers, mailbox.AgentsNeedPass) = ("mx.helpdesk.test", true);
        });

        var mail = await desk.Flow.TakeAsync(header + Inline);

        Assert.Equal(customer, (await desk.Flow.TicketAsync(mail.TicketId)).Customer!.Address);
    }

    [Fact]
    public async Task SwitchedOff_AForwardIsAMailLikeAny()
    {
        await using var desk = await AgentDesk.StartAsync();
        await desk.Flow.SetUpAsync(db => Task.FromResult(db.Add(new Setting { Key = Parameters.AgentsForward.Key, Value = "false" })));

        var mail = await desk.Flow.TakeAsync(Inline);

        Assert.Equal(AgentDesk.Kim, (await desk.Flow.TicketAsync(mail.TicketId)).Customer!.Address);
    }

    [Fact]
    public async Task ForwardOfOurOwnMail_MakesNoTicketOfOurselves()
    {
        await using var desk = await AgentDesk.StartAsync();

        var mail = await desk.Flow.TakeAsync(Inline.Replace("Bob@c.example", "sales@helpdesk.test", StringComparison.Ordinal));

        Assert.Equal(AgentDesk.Kim, (await desk.Flow.TicketAsync(mail.TicketId)).Customer!.Address);
    }
}
