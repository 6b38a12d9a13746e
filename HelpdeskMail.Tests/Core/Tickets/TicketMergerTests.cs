using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Tickets;

/// <summary>Merging (P3), and what becomes of answers to merged tickets.</summary>
public sealed class TicketMergerTests
{
    private static readonly Actor Agent = new(null, "Agent Smith");

    [Theory, OnSqlite, OnPostgres]
    public async Task MergedTicket_IsReadAndAnsweredInTheOther(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        var one = (await desk.TakeAsync("From: ann@b.example\nCc: boss@b.example\nSubject: one\nMessage-ID: <one@b>\n\nfirst words")).TicketId!.Value;
        var two = (await desk.TakeAsync("From: bob@c.example\nSubject: two\nMessage-ID: <two@c>\n\nsecond words")).TicketId!.Value;
        var target = await desk.TicketAsync(two);

        var merged = await desk.Get<TicketMerger>().MergeAsync(one, $" #{target.Number} ", Agent);
        var reply = await desk.TakeAsync("From: ann@b.example\nSubject: Re: one\nIn-Reply-To: <one@b>\n\nmore");

        Assert.Equal(two, merged.Value);
        Assert.Equal((TicketState.Merged, two), ((await desk.TicketAsync(one)).State, (await desk.TicketAsync(one)).MergedIntoId));
        Assert.Equal((DecisionKind.AppendToTicket, two), (reply.Decision, reply.TicketId));
        Assert.Equal(["first words", "second words", "more"], (await desk.Get<TicketQueries>().MessagesAsync(two)).Select(message => message.Text.Trim()));
        Assert.Equal([one], (await desk.Get<TicketQueries>().MergedAsync(two)).Select(row => row.Id));
        await using var db = desk.Db();
        Assert.Equal(["ann@b.example", "boss@b.example"], await db.TicketParticipants.Where(row => row.TicketId == two).Select(row => row.Address).Order().ToListAsync());
        Assert.Equal(["mergedInto", "merged"], await db.TicketEvents.Where(line => line.ActorName == Agent.Name).OrderBy(line => line.Id).Select(line => line.Kind).ToListAsync());
    }

    [Fact]
    public async Task OpenTicket_MergedIntoAClosedOne_OpensIt()
    {
        await using var desk = await FlowDesk.StartAsync();
        var (one, two) = (await NewAsync(desk, "a"), await NewAsync(desk, "b"));
        await desk.ChangeTicketAsync(two, ticket => ticket.State = TicketState.Closed);

        await desk.Get<TicketMerger>().MergeAsync(one, (await desk.TicketAsync(two)).Number, Agent);

        Assert.Equal(TicketState.Open, (await desk.TicketAsync(two)).State);
    }

    [Fact]
    public async Task MergingAgain_KeepsTheChainShort_AndEveryAnswerFindsTheEnd()
    {
        await using var desk = await FlowDesk.StartAsync();
        long[] tickets = [await NewAsync(desk, "a"), await NewAsync(desk, "b"), await NewAsync(desk, "c"), await NewAsync(desk, "d")];
        for (var i = 0; i < 3; i++) Assert.True((await desk.Get<TicketMerger>().MergeAsync(tickets[i], (await desk.TicketAsync(tickets[i + 1])).Number, Agent)).Ok);

        var reply = await desk.TakeAsync("From: x@b.example\nSubject: Re: a\nIn-Reply-To: <a@b>\n\nmore");

        Assert.Equal(tickets[3], reply.TicketId);
        Assert.All(tickets[..3], ticket => Assert.Equal(tickets[3], desk.TicketAsync(ticket).Result.MergedIntoId));
        Assert.Equal(5, (await desk.Get<TicketQueries>().MessagesAsync(tickets[3])).Count);
    }

    [Fact]
    public async Task WhatMakesNoSense_IsRefused()
    {
        await using var desk = await FlowDesk.StartAsync();
        var (one, two) = (await NewAsync(desk, "a"), await NewAsync(desk, "b"));
        var (first, second) = ((await desk.TicketAsync(one)).Number, (await desk.TicketAsync(two)).Number);
        var merger = desk.Get<TicketMerger>();

        Assert.Contains("itself", (await merger.FindAsync(one, first)).Errors["number"][0], StringComparison.Ordinal);
        Assert.Contains("no ticket 999999", (await merger.MergeAsync(one, "999999", Agent)).Errors["number"][0], StringComparison.Ordinal);
        Assert.True((await merger.MergeAsync(one, second, Agent)).Ok);
        Assert.Contains("already", (await merger.MergeAsync(one, second, Agent)).Errors[""][0], StringComparison.Ordinal);
        Assert.Contains("itself", (await merger.MergeAsync(two, first, Agent)).Errors["number"][0], StringComparison.Ordinal); // the first leads here: round and round
    }

    [Fact]
    public async Task AnswerToAMergedTicket_FollowsThePolicyOfItsTarget()
    {
        await using var desk = await FlowDesk.StartAsync();
        await desk.SetUpAsync(async db => (await db.Queues.SingleAsync(queue => queue.Id == desk.Support)).ClosedTicketPolicy = ClosedTicketPolicy.Reopen);
        var (one, two) = (await NewAsync(desk, "a"), await NewAsync(desk, "b"));
        await desk.Get<TicketMerger>().MergeAsync(one, (await desk.TicketAsync(two)).Number, Agent);
        await desk.ChangeTicketAsync(two, ticket => ticket.State = TicketState.Closed);

        var reply = await desk.TakeAsync("From: x@b.example\nSubject: Re: a\nIn-Reply-To: <a@b>\n\nmore");

        Assert.Equal((two, TicketState.Open, TicketState.Merged), (reply.TicketId, (await desk.TicketAsync(two)).State, (await desk.TicketAsync(one)).State));
    }

    private static async Task<long> NewAsync(FlowDesk desk, string name) =>
        (await desk.TakeAsync($"From: x@b.example\nSubject: {name}\nMessage-ID: <{name}@b>\n\n{name}")).TicketId!.Value;
}
