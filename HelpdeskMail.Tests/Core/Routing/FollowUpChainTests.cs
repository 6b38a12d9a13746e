using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Routing.Addresses;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Mime;
using Microsoft.EntityFrameworkCore;
using Xunit;
using Encryption = HelpdeskMail.Core.Mailboxes.Encryption;

namespace HelpdeskMail.Tests.Core.Routing;

/// <summary>The links of the chain behind In-Reply-To and References (P1), each with the mail in view.</summary>
public sealed class FollowUpChainTests
{
    private const string First = """
        From: Ann <ann@b.example>
        To: support@helpdesk.test, Colleague <col@b.example>
        Cc: boss@b.example, sales@helpdesk.test
        Subject: Help
        Message-ID: <first@b>

        please
        """;

    private static readonly Actor Agent = new(null, "Agent Smith");

    [Theory, OnSqlite, OnPostgres]
    public async Task ReplyThroughARelayThatRewroteOurMessageId_IsFoundByTheSignedReference(DatabaseProvider provider)
    {
        await using var desk = await StartAsync(provider);
        var (ticket, ours) = await AnsweredAsync(desk);

        var reply = await desk.TakeAsync($"""
            From: ann@b.example
            Subject: no number here
            In-Reply-To: <0102019-rewritten@eu.relay.example>
            References: {string.Join(' ', ours.References.Where(id => id.Value != "first@b"))} <0102019-rewritten@eu.relay.example>

            thanks
            """);

        Assert.Equal((DecisionReason.FollowUpBySignature, ticket), (reply.Reason, reply.TicketId));
    }

    [Fact]
    public async Task ForgedSignature_StartsNewTicket()
    {
        await using var desk = await StartAsync();
        var (ticket, ours) = await AnsweredAsync(desk);
        var anchor = ours.References[0].Value;
        var forged = anchor.Replace(anchor[3], anchor[3] == 'a' ? 'b' : 'a').Replace($"t{ticket}-", $"t{ticket + 1}-", StringComparison.Ordinal);

        var reply = await desk.TakeAsync($"From: mallory@b.example\nSubject: hi\nIn-Reply-To: <{forged}>\n\nhello");

        Assert.Equal(DecisionKind.CreateTicket, reply.Decision);
    }

    [Fact]
    public async Task ReplyToATaggedAddress_FindsItsTicket()
    {
        await using var desk = await StartAsync();
        await desk.SetUpAsync(db => Task.FromResult(db.Add(new Setting { Key = Parameters.TagReplyAddress.Key, Value = "true" })));
        var (ticket, ours) = await AnsweredAsync(desk);
        var address = ours.ReplyTo[0].Address;

        var reply = await desk.TakeAsync($"From: stranger@b.example\nTo: {address}\nSubject: hi\n\nhello");

        Assert.StartsWith("smtp+t", address, StringComparison.Ordinal);
        Assert.Equal((DecisionReason.FollowUpByTag, ticket), (reply.Reason, reply.TicketId));
    }

    [Theory]
    [InlineData("ann@b.example", true)] // the customer
    [InlineData("boss@b.example", true)] // was in Cc
    [InlineData("col@b.example", true)] // was in To
    [InlineData("sales@helpdesk.test", false)] // an address of ours never takes part
    [InlineData("stranger@b.example", false)]
    public async Task FollowUp_SubjectNumber_CountsFromParticipantsOnly(string sender, bool found)
    {
        await using var desk = await StartAsync();
        var ticket = (await desk.TakeAsync(First)).TicketId;
        var number = (await desk.TicketAsync(ticket)).Number;

        var reply = await desk.TakeAsync($"From: {sender}\nSubject: about [#{number}]\n\nhello");

        Assert.Equal(found ? DecisionKind.AppendToTicket : DecisionKind.CreateTicket, reply.Decision);
        if (found) Assert.Equal((DecisionReason.FollowUpBySubject, ticket), (reply.Reason, reply.TicketId));
    }

    [Theory]
    [InlineData("mail.followup.references", "In-Reply-To: <first@b>")]
    [InlineData("mail.followup.subject", "Subject: [#100001]")]
    public async Task LinkThatIsSwitchedOff_FindsNothing(string key, string header)
    {
        await using var desk = await StartAsync();
        await desk.SetUpAsync(db => Task.FromResult(db.Add(new Setting { Key = key, Value = "false" })));
        await desk.TakeAsync(First);

        var reply = await desk.TakeAsync($"From: ann@b.example\n{header}\n\nhello");

        Assert.Equal(DecisionKind.CreateTicket, reply.Decision);
        Assert.Contains("\"off\"", reply.Trace, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "sales@shop.test")] // N1: the queue's alias
    [InlineData(false, "catchall@shop.test")] // N3: no alias, so the catch-all
    public async Task Reply_UnderAnAliasDomain_AsksForAnswersThere_AndForReportsAtItsBounceAddress(bool withAlias, string replyTo)
    {
        await using var desk = await StartAsync();
        await desk.SetUpAsync(db =>
        {
            var domain = new AliasDomain { Domain = "shop.test", IsDefault = true };
            db.Add(domain);
            if (withAlias) db.Add(new Alias { LocalPart = "sales", AliasDomain = domain, QueueId = desk.Support });
            return Task.CompletedTask;
        });

        var (_, ours) = await AnsweredAsync(desk);

        Assert.Equal([replyTo], ours.ReplyTo.Select(address => address.Address));
        await using var after = desk.Db();
        Assert.Equal("bounce@shop.test", (await after.OutboxMails.SingleAsync()).EnvelopeFrom);
    }

    [Fact]
    public async Task Reply_WithoutAliasDomains_ComesBackToTheSender()
    {
        await using var desk = await StartAsync();

        var (_, ours) = await AnsweredAsync(desk);

        Assert.Empty(ours.ReplyTo);
        await using var db = desk.Db();
        Assert.Equal("smtp@helpdesk.test", (await db.OutboxMails.SingleAsync()).EnvelopeFrom);
    }

    private static async Task<FlowDesk> StartAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var desk = await FlowDesk.StartAsync(provider);
        await desk.SetUpAsync(async db =>
        {
            var account = new OutboundAccount { Name = "smtp", Address = "smtp@helpdesk.test", DisplayName = "Support", Host = "localhost", Port = 25, Encryption = Encryption.None };
            db.Add(account);
            await db.SaveChangesAsync();
            (await db.Departments.SingleAsync()).OutboundAccountId = account.Id;
        });
        return desk;
    }

    /// <summary>A ticket that an agent has answered: its id and the mail that went to the outbox.</summary>
    private static async Task<(long Ticket, MimeMessage Ours)> AnsweredAsync(FlowDesk desk)
    {
        var ticket = (await desk.TakeAsync(First)).TicketId!.Value;
        var written = await desk.Get<ReplyWriter>().WriteAsync(ticket, new ReplyDraft { Text = "Done" }, Agent);
        return (ticket, MimeMessage.Parse((await desk.Get<MessageFiles>().RawAsync(written.Value))!));
    }
}
