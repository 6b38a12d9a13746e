using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Replay;
using HelpdeskMail.Core.Routing.Filters;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Replay;

public sealed class ReplayerTests
{
    private const string First = "From: Ann <ann@customer.test>\nTo: support@helpdesk.test\nSubject: Printer\nMessage-ID: <1@customer.test>\n\nIt smokes.";
    private const string Answer = "From: Ann <ann@customer.test>\nTo: support@helpdesk.test\nSubject: Re: Printer\nMessage-ID: <2@customer.test>\nIn-Reply-To: <1@customer.test>\n\nStill.";

    private static readonly Actor Ada = new("ada", "Ada");

    [Theory, OnSqlite, OnPostgres]
    public async Task SameRules_DifferInNothing(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        await desk.TakeAsync(First);
        await desk.TakeAsync(Answer);
        await desk.TakeAsync(Answer); // the very same again: ignored, and would be again

        var part = await desk.Get<Replayer>().PreviewAsync(new ReplayScope());

        Assert.Equal((3, null), (part.Examined, part.Next));
        Assert.Empty(part.Differences);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task OtherQueue_MovesTheTicketOnce(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        var mail = await desk.TakeAsync(First);
        await MailboxQueueAsync(desk, desk.Sales);

        var difference = Assert.Single((await desk.Get<Replayer>().PreviewAsync(new ReplayScope())).Differences);
        Assert.Equal((ReplayEffect.MoveTicket, "Support", "Sales"), (difference.Effect, difference.Was.Queue, difference.Would.Queue));
        Assert.Contains(difference.TraceWould, step => step.Detail.Contains("Sales", StringComparison.Ordinal));
        Assert.Equal(desk.Support, (await desk.TicketAsync(mail.TicketId)).QueueId); // shown, not done

        var applied = Assert.Single(await desk.Get<Replayer>().ApplyAsync([mail.Id], Ada));
        var again = Assert.Single(await desk.Get<Replayer>().ApplyAsync([mail.Id], Ada));

        Assert.Equal((ReplayEffect.MoveTicket, ReplayEffect.None), (applied.Effect, again.Effect));
        Assert.Equal(desk.Sales, (await desk.TicketAsync(mail.TicketId)).QueueId);
        await using var db = desk.Db();
        var line = Assert.Single(await db.TicketEvents.Where(row => row.Kind == "decidedAgain").ToListAsync());
        Assert.Equal(("Ada", "Support", "Sales"), (line.ActorName, line.From, line.To));
        Assert.Equal(1, await db.TicketMessages.CountAsync());
        Assert.Empty((await desk.Get<Replayer>().PreviewAsync(new ReplayScope())).Differences);
    }

    [Fact]
    public async Task TicketSomebodyWorkedOn_StaysAndSaysWhy()
    {
        await using var desk = await FlowDesk.StartAsync();
        var mail = await desk.TakeAsync(First);
        await desk.Get<TicketEditor>().ChangeAsync(mail.TicketId!.Value, new TicketChange(State: TicketState.Open), Ada);
        await MailboxQueueAsync(desk, desk.Sales);

        var difference = Assert.Single((await desk.Get<Replayer>().PreviewAsync(new ReplayScope())).Differences);
        var applied = Assert.Single(await desk.Get<Replayer>().ApplyAsync([mail.Id], Ada));

        Assert.Equal((ReplayEffect.LeaveAlone, "Somebody has worked on ticket 100001 already."), (difference.Effect, difference.Why));
        Assert.Equal((ReplayEffect.LeaveAlone, difference.Why), (applied.Effect, applied.Text));
        Assert.Equal(desk.Support, (await desk.TicketAsync(mail.TicketId)).QueueId);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task FollowUpThatWasNotRecognised_GoesToItsTicketAndIsNotDoubled(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        var first = await desk.TakeAsync(First);
        var answer = await desk.TakeAsync(Answer);
        var own = await StrayAsync(desk, answer.Id); // as an older rule left it: a ticket of its own

        var difference = Assert.Single((await desk.Get<Replayer>().PreviewAsync(new ReplayScope(MailIds: [answer.Id]))).Differences);
        Assert.Equal((ReplayEffect.MoveMessage, first.TicketId), (difference.Effect, difference.Would.TicketId));
        await desk.Get<Replayer>().ApplyAsync([answer.Id, answer.Id], Ada);
        var again = Assert.Single(await desk.Get<Replayer>().ApplyAsync([answer.Id], Ada));

        Assert.Equal(ReplayEffect.None, again.Effect);
        Assert.Equal(2, (await desk.TicketAsync(first.TicketId)).MessageCount);
        var empty = await desk.TicketAsync(own);
        Assert.Equal((TicketState.Merged, first.TicketId, 0), (empty.State, empty.MergedIntoId, empty.MessageCount));
        await using var db = desk.Db();
        Assert.Equal(2, await db.TicketMessages.CountAsync(message => message.TicketId == first.TicketId));
        Assert.Equal(first.TicketId, (await db.StoredMails.SingleAsync(mail => mail.Id == answer.Id)).TicketId);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task WronglyAppendedMail_GetsATicketOfItsOwn(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        var first = await desk.TakeAsync(First);
        var other = await desk.TakeAsync("From: Ben <ben@customer.test>\nSubject: Scanner\nMessage-ID: <3@customer.test>\n\nHums.");
        await desk.SetUpAsync(async db =>
        {
            var mail = await db.StoredMails.SingleAsync(row => row.Id == other.Id);
            (mail.Decision, mail.Reason, mail.TicketId, mail.QueueId) = (DecisionKind.AppendToTicket, DecisionReason.FollowUpByMessageId, first.TicketId, null);
            (await db.TicketMessages.SingleAsync(row => row.StoredMailId == other.Id)).TicketId = first.TicketId!.Value;
            (await db.Tickets.SingleAsync(row => row.Id == first.TicketId)).MessageCount = 2;
        });

        var applied = Assert.Single(await desk.Get<Replayer>().ApplyAsync([other.Id], Ada));
        var again = Assert.Single(await desk.Get<Replayer>().ApplyAsync([other.Id], Ada));

        Assert.Equal((ReplayEffect.OwnTicket, ReplayEffect.None), (applied.Effect, again.Effect));
        var ticket = await desk.TicketAsync(applied.TicketId);
        Assert.Equal(("100003", "Scanner", "ben@customer.test", 1), (ticket.Number, ticket.Subject, ticket.Customer!.Address, ticket.MessageCount));
        Assert.Equal(1, (await desk.TicketAsync(first.TicketId)).MessageCount);
        var next = await desk.TakeAsync("From: Eve <eve@customer.test>\nSubject: Next\n\nHi.");
        Assert.Equal("100004", (await desk.TicketAsync(next.TicketId)).Number);
    }

    [Fact]
    public async Task MailThatWasIgnored_IsDecidedNow()
    {
        await using var desk = await FlowDesk.StartAsync();
        var mail = await desk.StoreAsync(First);
        await desk.SetUpAsync(async db =>
        {
            var row = await db.StoredMails.SingleAsync(stored => stored.Id == mail);
            (row.State, row.Decision, row.Reason, row.Sentence) = (StoredMailState.Decided, DecisionKind.Ignore, DecisionReason.OwnMessage, "Ignored by an old rule.");
        });

        var applied = Assert.Single(await desk.Get<Replayer>().ApplyAsync([mail], Ada));
        var again = Assert.Single(await desk.Get<Replayer>().ApplyAsync([mail], Ada));

        Assert.Equal((ReplayEffect.Decide, ReplayEffect.None), (applied.Effect, again.Effect));
        Assert.Equal("Printer", (await desk.TicketAsync(applied.TicketId)).Subject);
        await using var db = desk.Db();
        Assert.Equal(1, await db.Tickets.CountAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task NewFilter_CorrectsWhatItSaysOfTheTicket_Once(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        await AgentAsync(desk);
        var mail = await desk.TakeAsync(First);
        await FilterAsync(desk, ("priority", "urgent"), ("state", "pending"), ("owner", "eve@helpdesk.test"), ("tag", "hardware"), ("tag", "fire"), ("header:X-Ignored", "x"), ("queue", "Sales"));
        var replayer = desk.Get<Replayer>();

        var difference = Assert.Single((await replayer.PreviewAsync(new ReplayScope())).Differences);
        Assert.Equal((ReplayEffect.MoveTicket, "Support", "Sales"), (difference.Effect, difference.Was.Queue, difference.Would.Queue));
        Assert.Equal(
            [new("state", "New", "Pending", null), new("priority", "Normal", "Urgent", null), new("owner", null, "Eve", null), new("tags", null, "fire, hardware", null)],
            difference.Changes);
        await replayer.ApplyAsync([mail.Id], Ada);

        var ticket = await desk.TicketAsync(mail.TicketId);
        Assert.Equal((desk.Sales, TicketState.Pending, TicketPriority.Urgent, "eve"), (ticket.QueueId, ticket.State, ticket.Priority, ticket.OwnerId));
        await using var db = desk.Db();
        Assert.Equal(["fire", "hardware"], await db.TicketTags.Select(tag => tag.Tag).Order().ToListAsync());
        Assert.Equal(5, await db.TicketEvents.CountAsync(line => line.Kind == "decidedAgain" && line.ActorName == "Ada"));
        Assert.Empty((await replayer.PreviewAsync(new ReplayScope())).Differences);

        await FilterAsync(desk); // the rule goes: so does what it set
        Assert.Equal(ReplayEffect.MoveTicket, Assert.Single(await replayer.ApplyAsync([mail.Id], Ada)).Effect);
        ticket = await desk.TicketAsync(mail.TicketId);
        Assert.Equal((desk.Support, TicketState.New, TicketPriority.Normal, null, 0), (ticket.QueueId, ticket.State, ticket.Priority, ticket.OwnerId, await db.TicketTags.CountAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task WhatSomebodyChangedByHand_StaysAndSaysWho_TheRestIsCorrected(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        var mail = await desk.TakeAsync(First);
        await desk.Get<TicketEditor>().ChangeAsync(mail.TicketId!.Value, new TicketChange(Priority: TicketPriority.Low, Tags: ["mine"]), Ada);
        await FilterAsync(desk, ("priority", "urgent"), ("tag", "fire"), ("state", "open"), ("queue", "Sales"));
        var replayer = desk.Get<Replayer>();

        var difference = Assert.Single((await replayer.PreviewAsync(new ReplayScope())).Differences);
        Assert.Equal((ReplayEffect.ChangeTicket, "Its queue stays: somebody has worked on ticket 100001 already."), (difference.Effect, difference.Why));
        Assert.Equal(
            [new("state", "New", "Open", null), new("priority", "Normal", "Urgent", "Ada has changed it since."), new("tags", null, "fire", "Ada has changed it since.")], difference.Changes);
        await replayer.ApplyAsync([mail.Id], Ada);

        var ticket = await desk.TicketAsync(mail.TicketId);
        Assert.Equal((desk.Support, TicketState.Open, TicketPriority.Low), (ticket.QueueId, ticket.State, ticket.Priority));
        await using var db = desk.Db();
        Assert.Equal("mine", (await db.TicketTags.SingleAsync()).Tag);
        var left = Assert.Single((await replayer.PreviewAsync(new ReplayScope())).Differences);
        Assert.Equal(ReplayEffect.LeaveAlone, left.Effect); // what is left to correct is left alone
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task CommandsOfAMailboxThatIsTrustedNow_SetTheFields(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        var mail = await desk.TakeAsync(First.Replace("Subject:", "X-Helpdesk-DynamicField-Site: Berlin\nX-Helpdesk-Priority: high\nSubject:", StringComparison.Ordinal));
        await desk.SetUpAsync(async db => (await db.Mailboxes.SingleAsync(row => row.Id == desk.SupportMailbox)).Trusted = true);
        var replayer = desk.Get<Replayer>();

        var difference = Assert.Single((await replayer.PreviewAsync(new ReplayScope())).Differences);
        Assert.Equal((ReplayEffect.ChangeTicket, null), (difference.Effect, difference.Why));
        Assert.Equal([new("priority", "Normal", "High", null), new("field Site", null, "Berlin", null)], difference.Changes);
        await replayer.ApplyAsync([mail.Id], Ada);

        await using var db = desk.Db();
        var field = await db.TicketFields.SingleAsync();
        Assert.Equal(("Site", "Berlin", TicketPriority.High), (field.Name, field.Value, (await desk.TicketAsync(mail.TicketId)).Priority));
        Assert.Empty((await replayer.PreviewAsync(new ReplayScope())).Differences);
    }

    [Fact]
    public async Task StateThatMovedOn_IsLeftAlone()
    {
        await using var desk = await FlowDesk.StartAsync();
        var mail = await desk.TakeAsync(First);
        await desk.ChangeTicketAsync(mail.TicketId, ticket => ticket.State = TicketState.Pending);
        await desk.SetUpAsync(db =>
        {
            db.Add(new TicketEvent { TicketId = mail.TicketId!.Value, ActorName = Actor.System.Name, Kind = "state", From = "New", To = "Pending", At = DateTime.UtcNow });
            return Task.CompletedTask;
        });
        await FilterAsync(desk, ("state", "open"));

        var difference = Assert.Single((await desk.Get<Replayer>().PreviewAsync(new ReplayScope())).Differences);

        Assert.Equal((ReplayEffect.LeaveAlone, "It has changed since."), (difference.Effect, difference.Why));
    }

    [Fact]
    public async Task BigRange_ComesInParts()
    {
        await using var desk = await FlowDesk.StartAsync();
        for (var i = 0; i < 150; i++) await desk.StoreAsync($"From: a@customer.test\nSubject: {i}\nMessage-ID: <n{i}@customer.test>\n\n{i}");
        await desk.Get<MailProcessor>().ProcessWaitingAsync();
        await MailboxQueueAsync(desk, desk.Sales);

        var first = await desk.Get<Replayer>().PreviewAsync(new ReplayScope(MailboxId: desk.SupportMailbox));
        var second = await desk.Get<Replayer>().PreviewAsync(new ReplayScope(MailboxId: desk.SupportMailbox), first.Next!.Value);

        Assert.Equal((100, 50, null), (first.Examined, second.Examined, second.Next));
        Assert.Equal(150, first.Differences.Concat(second.Differences).Select(item => item.StoredMailId).Distinct().Count());
        Assert.Equal(0, (await desk.Get<Replayer>().PreviewAsync(new ReplayScope(From: DateTime.UtcNow.AddDays(1)))).Examined);
    }

    private static Task AgentAsync(FlowDesk desk) => desk.SetUpAsync(db =>
    {
        db.Add(new HelpdeskUser { Id = "eve", UserName = "eve@helpdesk.test", NormalizedUserName = "EVE@HELPDESK.TEST", Email = "eve@helpdesk.test", NormalizedEmail = "EVE@HELPDESK.TEST", DisplayName = "Eve" });
        return Task.CompletedTask;
    });

    /// <summary>One filter for mail about the printer, instead of those there are; without actions: none.</summary>
    private static Task FilterAsync(FlowDesk desk, params (string Set, string Value)[] actions) => desk.SetUpAsync(async db =>
    {
        db.RemoveRange(await db.Filters.ToListAsync());
        if (actions.Length == 0) return;
        db.Add(new Filter
        {
            Name = "printer",
            Conditions = [new FilterCondition("Subject", FilterOperator.Contains, false, "printer")],
            Actions = [.. actions.Select(action => new FilterAction(action.Set, action.Value))],
        });
    });

    private static async Task MailboxQueueAsync(FlowDesk desk, long queue)
    {
        var draft = (await desk.Get<MailboxDirectory>().DraftAsync(desk.SupportMailbox))!;
        (draft.QueueId, draft.Password) = (queue, "secret");
        SampleSetup.Saved(await desk.Get<MailboxEditor>().SaveAsync(draft));
    }

    /// <summary>Puts a mail's message into a ticket of its own, as if it had not been recognised as an answer.</summary>
    private static async Task<long> StrayAsync(FlowDesk desk, long mail)
    {
        await using var db = desk.Db();
        var message = await db.TicketMessages.SingleAsync(row => row.StoredMailId == mail);
        var old = await db.Tickets.SingleAsync(row => row.Id == message.TicketId);
        var ticket = new Ticket { Number = "900001", Subject = "Re: Printer", QueueId = old.QueueId, CustomerId = old.CustomerId, CameInDepartmentId = old.CameInDepartmentId, MessageCount = 1, CreatedAt = old.CreatedAt, UpdatedAt = old.UpdatedAt };
        db.Add(ticket);
        await db.SaveChangesAsync();
        (message.TicketId, old.MessageCount) = (ticket.Id, 1);
        var stored = await db.StoredMails.SingleAsync(row => row.Id == mail);
        (stored.Decision, stored.Reason, stored.TicketId, stored.QueueId) = (DecisionKind.CreateTicket, DecisionReason.NewConversation, ticket.Id, old.QueueId);
        await db.SaveChangesAsync();
        return ticket.Id;
    }
}
