using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Ingestion;

public sealed class FollowUpTests
{
    private const string First = "From: ann@b.example\nTo: support@helpdesk.test\nSubject: Help\nMessage-ID: <first@b>\n\nplease";

    private const string Reply = "From: ann@b.example\nSubject: Re: Help\nMessage-ID: <second@b>\nIn-Reply-To: <first@b>\n\nstill broken";

    [Theory, OnSqlite, OnPostgres]
    public async Task InReplyToKnownMessage_IsAppended(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        var ticket = (await desk.TakeAsync(First)).TicketId;

        var reply = await desk.TakeAsync(Reply);

        Assert.Equal((DecisionKind.AppendToTicket, DecisionReason.FollowUpByMessageId, ticket), (reply.Decision!.Value, reply.Reason!.Value, reply.TicketId));
        Assert.Equal(2, (await desk.TicketAsync(ticket)).MessageCount);
    }

    [Fact]
    public async Task ReplyInTheSameBatch_FindsItsTicket()
    {
        await using var desk = await FlowDesk.StartAsync();
        await desk.StoreAsync(First);
        await desk.StoreAsync(Reply);
        await desk.StoreAsync("From: bob@b.example\nSubject: me too\nMessage-ID: <third@b>\nReferences: <first@b> <second@b>\n\nsame here");

        await desk.Get<MailProcessor>().ProcessWaitingAsync();

        await using var db = desk.Db();
        Assert.Equal(3, (await db.Tickets.SingleAsync()).MessageCount);
        Assert.Single(await db.Customers.ToListAsync());
    }

    [Fact]
    public async Task UnknownInReplyTo_OldReferenceStillFindsTheTicket()
    {
        await using var desk = await FlowDesk.StartAsync();
        var ticket = (await desk.TakeAsync(First)).TicketId;

        var reply = await desk.TakeAsync("From: ann@b.example\nSubject: Re: Help\nIn-Reply-To: <lost@b>\nReferences: <first@b> <lost@b>\n\nhello");

        Assert.Equal(ticket, reply.TicketId);
    }

    [Fact]
    public async Task AnswerToNothingKnown_StartsNewTicket()
    {
        await using var desk = await FlowDesk.StartAsync();
        await desk.TakeAsync(First);

        var other = await desk.TakeAsync("From: ann@b.example\nSubject: Re: Help\nIn-Reply-To: <elsewhere@b>\n\nhello");

        Assert.Equal(DecisionKind.CreateTicket, other.Decision);
    }

    [Fact]
    public async Task AnswerToMergedTicket_GoesToItsTarget()
    {
        await using var desk = await FlowDesk.StartAsync();
        var merged = (await desk.TakeAsync(First)).TicketId;
        var target = (await desk.TakeAsync("From: ann@b.example\nSubject: Other\nMessage-ID: <o@b>\n\nhello")).TicketId;
        await desk.ChangeTicketAsync(merged, ticket => (ticket.State, ticket.MergedIntoId) = (TicketState.Merged, target));

        Assert.Equal(target, (await desk.TakeAsync(Reply)).TicketId);
    }

    [Theory]
    [InlineData(ClosedTicketPolicy.Reopen, DecisionKind.AppendToTicket, TicketState.Open, 1)]
    [InlineData(ClosedTicketPolicy.NewLinked, DecisionKind.CreateTicket, TicketState.Closed, 2)]
    [InlineData(ClosedTicketPolicy.Reject, DecisionKind.Refuse, TicketState.Closed, 1)]
    public async Task AnswerToClosedTicket_FollowsTheQueuesPolicy(ClosedTicketPolicy policy, DecisionKind kind, TicketState state, int tickets)
    {
        await using var desk = await FlowDesk.StartAsync();
        var closed = (await desk.TakeAsync(First)).TicketId;
        await desk.ChangeTicketAsync(closed, ticket => ticket.State = TicketState.Closed);
        await using (var db = desk.Db())
        {
            foreach (var queue in await db.Queues.ToListAsync()) queue.ClosedTicketPolicy = policy;
            await db.SaveChangesAsync();
        }

        var reply = await desk.TakeAsync(Reply);

        Assert.Equal(kind, reply.Decision);
        Assert.Equal(state, (await desk.TicketAsync(closed)).State);
        await using var after = desk.Db();
        Assert.Equal(tickets, await after.Tickets.CountAsync());
    }

    [Fact]
    public async Task AnswerToPendingTicket_OpensIt()
    {
        await using var desk = await FlowDesk.StartAsync();
        var id = (await desk.TakeAsync(First)).TicketId;
        await desk.ChangeTicketAsync(id, ticket => ticket.State = TicketState.Pending);

        await desk.TakeAsync(Reply);

        Assert.Equal(TicketState.Open, (await desk.TicketAsync(id)).State);
    }

    [Fact]
    public async Task OutOfOffice_IsAppendedAndChangesNeitherStateNorLastCustomerMessage()
    {
        await using var desk = await FlowDesk.StartAsync();
        var id = (await desk.TakeAsync(First)).TicketId;
        await desk.ChangeTicketAsync(id, ticket => ticket.State = TicketState.Closed);
        var before = await desk.TicketAsync(id);
        desk.Helpdesk.Clock.Advance(TimeSpan.FromMinutes(1));

        var reply = await desk.TakeAsync("From: ann@b.example\nSubject: Absent\nMessage-ID: <ooo@b>\nIn-Reply-To: <first@b>\nAuto-Submitted: auto-replied\n\nI am away");

        Assert.Equal((DecisionKind.AppendToTicket, id), (reply.Decision!.Value, reply.TicketId));
        var after = await desk.TicketAsync(id);
        Assert.Equal((TicketState.Closed, 2, before.LastCustomerMessageAt), (after.State, after.MessageCount, after.LastCustomerMessageAt));
    }
}
