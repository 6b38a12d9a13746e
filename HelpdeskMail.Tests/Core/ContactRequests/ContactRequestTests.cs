using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.ContactRequests;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Tests.Core.Notices;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.ContactRequests;

public sealed class ContactRequestTests
{
    private const string First = "From: Ann <ann@b.example>\nTo: support@helpdesk.test\nSubject: Help\nMessage-ID: <first@b>\n\nplease,\n   soon";

    private const string More = "From: ann@b.example\nSubject: Re: Help\nMessage-ID: <second@b>\nIn-Reply-To: <first@b>\n\nand another thing";

    private static readonly Actor Ada = new("ada", "Ada");

    [Theory, OnSqlite, OnPostgres]
    public async Task HeldMail_WaitsWithWhatItsAuthorAdds_AndBecomesOneTicket(DatabaseProvider provider)
    {
        await using var desk = await HoldingAsync(provider);

        var held = await desk.TakeAsync(First);
        var added = await desk.TakeAsync(More, "sales");

        Assert.Equal((DecisionKind.HoldAsContactRequest, DecisionReason.MailboxHolds, null), (held.Decision!.Value, held.Reason!.Value, held.TicketId));
        Assert.Equal((DecisionKind.HoldAsContactRequest, DecisionReason.FollowUpToHeldMail), (added.Decision!.Value, added.Reason!.Value));
        var row = Assert.Single((await desk.Get<ContactRequestQueries>().ListAsync(new())).Items);
        Assert.Equal(("Ann", "ann@b.example", "Help", "and another thing", 2, "support", "Support"), (row.FromName!, row.FromAddress, row.Subject, row.Preview, row.MailCount, row.Mailbox!, row.Queue));
        Assert.Equal(["please,\n   soon", "and another thing"], (await desk.Get<ContactRequestQueries>().MailsAsync(row.Id)).Select(mail => mail.Text));

        var made = (await desk.Get<ContactRequestDesk>().MakeTicketsAsync([row.Id], null, Ada)).Value![row.Id];
        var again = (await desk.Get<ContactRequestDesk>().MakeTicketsAsync([row.Id], null, Ada)).Value![row.Id];

        Assert.Equal((null, made.TicketId), (again.Fault, again.TicketId));
        Assert.Equal((desk.Support, 2, "Ann"), await desk.TicketAsync(made.TicketId) is var ticket ? (ticket.QueueId, ticket.MessageCount, ticket.Customer!.Name) : default);
        Assert.Equal(made.TicketId, (await desk.TakeAsync("From: ann@b.example\nSubject: Re: Help\nIn-Reply-To: <second@b>\n\nlater")).TicketId);
        var after = (await desk.Get<ContactRequestQueries>().GetAsync(row.Id))!;
        Assert.Equal((ContactRequestState.Ticket, "Ada", ticket.Number), (after.State, after.HandledBy!, after.TicketNumber!));
        Assert.Equal(0, await desk.Get<ContactRequestQueries>().OpenAsync());
    }

    [Fact]
    public async Task HeldMailAndItsReply_InOneBatch_AreOneRequest()
    {
        await using var desk = await HoldingAsync();
        await desk.StoreAsync(First);
        await desk.StoreAsync(More);
        await desk.StoreAsync("Received: from elsewhere\n" + First);
        await desk.Get<MailProcessor>().ProcessWaitingAsync();
        Assert.Equal(2, Assert.Single((await desk.Get<ContactRequestQueries>().ListAsync(new())).Items).MailCount);
    }

    [Fact]
    public async Task ReplyToTicket_IsNotHeld()
    {
        await using var desk = await HoldingAsync();
        var ticket = (await desk.TakeAsync(First, "sales")).TicketId;
        Assert.NotNull(ticket);
        Assert.Equal(ticket, (await desk.TakeAsync(More)).TicketId);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Dismissed_IsFindable_AndMayStillBecomeATicket(DatabaseProvider provider)
    {
        await using var desk = await HoldingAsync(provider);
        await desk.TakeAsync(First);
        await desk.TakeAsync("From: bob@b.example\nSubject: Buy now\nMessage-ID: <ad@b>\n\ncheap");
        var rows = (await desk.Get<ContactRequestQueries>().ListAsync(new())).Items;
        var desks = desk.Get<ContactRequestDesk>();
        Assert.Equal(["reason"], (await desks.DismissAsync([rows[0].Id], "", Ada)).Errors.Keys);

        Assert.All((await desks.DismissAsync([.. rows.Select(row => row.Id)], "advertising", Ada)).Value!.Values, result => Assert.Null(result.Fault));

        var found = (await desk.Get<ContactRequestQueries>().SearchAsync(new(ContactRequestState.Dismissed, "BOB@"))).Items.Single();
        Assert.Equal("advertising", found.DismissReason);
        Assert.Equal(0, (await desk.Get<ContactRequestQueries>().ListAsync(new())).Total);
        Assert.Equal(DecisionReason.MailboxHolds, (await desk.TakeAsync(More)).Reason); // what follows a dismissed one is a request of its own

        var made = (await desks.MakeTicketsAsync([found.Id], desk.Sales, Ada)).Value![found.Id];
        Assert.Equal(desk.Sales, (await desk.TicketAsync(made.TicketId)).QueueId);
        Assert.Equal(ContactRequestState.Ticket, (await desk.Get<ContactRequestQueries>().GetAsync(found.Id))!.State);
        Assert.Contains("made a ticket", (await desks.DismissAsync([found.Id], "no", Ada)).Value![found.Id].Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Appended_GoesToTheTicketNamed()
    {
        await using var desk = await HoldingAsync();
        var ticket = await desk.TicketAsync((await desk.TakeAsync("From: c@b.example\nSubject: Old\nMessage-ID: <old@b>\n\nx", "sales")).TicketId);
        await desk.TakeAsync(First);
        await desk.TakeAsync(More);
        var id = (await desk.Get<ContactRequestQueries>().ListAsync(new())).Items.Single().Id;
        var desks = desk.Get<ContactRequestDesk>();
        var target = await desks.FindTicketAsync($" #{ticket.Number}");
        Assert.Equal(ticket.Id, target);
        Assert.Null((await desks.AppendAsync([id], target!.Value, Ada)).Value![id].Fault);
        Assert.Equal(3, (await desk.TicketAsync(ticket.Id)).MessageCount);
    }

    [Fact]
    public async Task NewcomerHeld_IsGreetedWhenATicketIsMade_NotBefore()
    {
        await using var desk = await NoticeDesk.StartAsync();
        await desk.SetUpAsync(async db => (await db.Mailboxes.SingleAsync(box => box.Name == "support")).HoldAsContactRequests = true);
        await desk.TakeWithNoticesAsync(First);
        Assert.Empty(await desk.NoticesAsync());
        var id = (await desk.Get<ContactRequestQueries>().ListAsync(new())).Items.Single().Id;
        await desk.Get<ContactRequestDesk>().MakeTicketsAsync([id], null, Ada);
        Assert.Single(await desk.NoticesAsync("We have received"));
    }

    private static async Task<FlowDesk> HoldingAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var desk = await FlowDesk.StartAsync(provider);
        await desk.SetUpAsync(async db => (await db.Mailboxes.SingleAsync(box => box.Name == "support")).HoldAsContactRequests = true);
        return desk;
    }
}
