using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Ingestion;

public sealed class HandDecisionsTests
{
    private const string Mail = "From: Ann <ann@b.example>\nTo: support@helpdesk.test\nSubject: Help\nMessage-ID: <first@b>\n\nplease";

    private static readonly Actor Ada = new("ada", "Ada");

    [Theory, OnSqlite, OnPostgres]
    public async Task Ticket_MadeOfQuarantinedMailTwice_IsOneTicketInTheQueueChosen(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        var id = await QuarantinedAsync(desk, Mail);
        var entry = await LedgerAsync(desk, id, LedgerState.Quarantined);

        var first = await OneAsync(desk, id, new HandDecision.MakeTicket(desk.Sales));
        var second = await OneAsync(desk, id, new HandDecision.MakeTicket(desk.Sales));

        Assert.Null(first.Fault);
        Assert.Equal(first, second);
        var ticket = await desk.TicketAsync(first.TicketId);
        Assert.Equal((desk.Sales, "Help", "Ann", 1), (ticket.QueueId, ticket.Subject, ticket.Customer!.Name, ticket.MessageCount));
        await using var db = desk.Db();
        Assert.Equal(1, await db.Tickets.CountAsync());
        var stored = await db.StoredMails.SingleAsync(mail => mail.Id == id);
        Assert.Equal((StoredMailState.Decided, DecisionReason.ByHand, "Ada", "Ada made a ticket of it in queue Sales."), (stored.State, stored.Reason!.Value, stored.DecidedBy!, stored.Sentence!));
        Assert.Equal("Ada", (await db.TicketEvents.SingleAsync(line => line.Kind == "created")).ActorName);
        var row = await db.Ledger.SingleAsync(found => found.Id == entry);
        Assert.Equal((LedgerState.Decided, first.TicketId, null), (row.State, row.TicketId, row.Reason));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Bulk_AppendsEachToTheTicket_AndOpensIt(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        var ticket = (await desk.TakeAsync(Mail)).TicketId!.Value;
        await desk.ChangeTicketAsync(ticket, row => row.State = TicketState.Closed);
        var ids = new List<long>();
        for (var i = 0; i < 3; i++) ids.Add(await QuarantinedAsync(desk, $"From: bob@b.example\nSubject: {i}\nMessage-ID: <{i}@b>\n\n{i}"));

        var results = (await desk.Get<HandDecisions>().ApplyAsync(ids, new HandDecision.Append(ticket), Ada)).Value!;

        Assert.All(results, result => Assert.Equal((null, ticket), (result.Fault, result.TicketId!.Value)));
        var after = await desk.TicketAsync(ticket);
        Assert.Equal((4, TicketState.Open), (after.MessageCount, after.State));
        Assert.Equal(ticket, (await desk.TakeAsync("From: bob@b.example\nSubject: Re: 1\nIn-Reply-To: <1@b>\n\nmore")).TicketId);
    }

    [Fact]
    public async Task DismissedMail_StaysDismissed_UntilSomebodyWantsItAgain()
    {
        await using var desk = await FlowDesk.StartAsync();
        var id = await QuarantinedAsync(desk, Mail);
        Assert.Equal("Ada dismissed it: advertising", (await OneAsync(desk, id, new HandDecision.Dismiss(" advertising "))).Sentence);

        var other = await OneAsync(desk, id, new HandDecision.MakeTicket(null));
        Assert.Contains("Ada dismissed it", other.Fault, StringComparison.Ordinal);
        Assert.Null(other.TicketId);

        var again = (await desk.Get<HandDecisions>().ApplyAsync([id], new HandDecision.MakeTicket(null), Ada, again: true)).Value!.Single();
        Assert.Equal((null, desk.Support), (again.Fault, (await desk.TicketAsync(again.TicketId)).QueueId));
    }

    [Fact]
    public async Task Retry_DecidesAnew_WhatWasInTheWayIsGone()
    {
        await using var desk = await FlowDesk.StartAsync();
        var ticket = (await desk.TakeAsync(Mail)).TicketId;
        var id = await QuarantinedAsync(desk, "From: ann@b.example\nSubject: Re: Help\nIn-Reply-To: <first@b>\n\nmore");
        var entry = await LedgerAsync(desk, id, LedgerState.Quarantined);

        var result = await OneAsync(desk, id, new HandDecision.Retry());

        Assert.Equal((null, DecisionKind.AppendToTicket, ticket), (result.Fault, result.Decision!.Value, result.TicketId));
        await using var db = desk.Db();
        Assert.Equal(LedgerState.Decided, (await db.Ledger.SingleAsync(row => row.Id == entry)).State);
        Assert.Null((await db.StoredMails.SingleAsync(mail => mail.Id == id)).DecidedBy);
        Assert.Contains("decided meanwhile", (await OneAsync(desk, id, new HandDecision.Retry())).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatCantBe_IsSaidBeforeAnythingIsDone()
    {
        await using var desk = await FlowDesk.StartAsync();
        var id = await QuarantinedAsync(desk, Mail);
        var hand = desk.Get<HandDecisions>();
        Assert.Equal(["queue"], (await hand.ApplyAsync([id], new HandDecision.MakeTicket(4711), Ada)).Errors.Keys);
        Assert.Equal(["ticket"], (await hand.ApplyAsync([id], new HandDecision.Append(4711), Ada)).Errors.Keys);
        Assert.Equal(["reason"], (await hand.ApplyAsync([id], new HandDecision.Dismiss(" "), Ada)).Errors.Keys);
        Assert.Equal("There is no such mail.", (await OneAsync(desk, 4711, new HandDecision.Dismiss("x"))).Fault);
        await using var db = desk.Db();
        Assert.Equal(StoredMailState.Quarantined, (await db.StoredMails.SingleAsync()).State);
    }

    private static async Task<HandResult> OneAsync(FlowDesk desk, long id, HandDecision decision)
    {
        var outcome = await desk.Get<HandDecisions>().ApplyAsync([id], decision, Ada);
        Assert.Empty(outcome.Errors);
        return Assert.Single(outcome.Value!);
    }

    private static async Task<long> QuarantinedAsync(FlowDesk desk, string raw)
    {
        var id = await desk.StoreAsync(raw);
        await using var db = desk.Db();
        await db.StoredMails.Where(mail => mail.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(mail => mail.State, StoredMailState.Quarantined).SetProperty(mail => mail.Decision, DecisionKind.Quarantine).SetProperty(mail => mail.Sentence, "Processing it failed."));
        return id;
    }

    private static async Task<long> LedgerAsync(FlowDesk desk, long storedMail, LedgerState state)
    {
        await using var db = desk.Db();
        var entry = new LedgerEntry { MailboxId = desk.SupportMailbox, Identity = "1:1", State = state, Reason = "ProcessingFailed", StoredMailId = storedMail, SeenAt = DateTime.UtcNow };
        db.Add(entry);
        await db.SaveChangesAsync();
        return entry.Id;
    }
}
