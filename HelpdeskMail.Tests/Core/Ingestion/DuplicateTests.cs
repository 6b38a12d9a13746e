using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Ingestion;

public sealed class DuplicateTests
{
    private const string Mail = "Received: by a\nFrom: ann@b.example\nSubject: Help\nMessage-ID: <first@b>\n\nplease";

    [Theory, OnSqlite, OnPostgres]
    public async Task SameBytesAgain_AreIgnoredAndPointToTheTicket(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        var first = await desk.TakeAsync(Mail);

        var again = await desk.TakeAsync(Mail, "sales");

        Assert.Equal((DecisionKind.Ignore, DecisionReason.DuplicateContent, first.TicketId), (again.Decision!.Value, again.Reason!.Value, again.TicketId));
        await using var db = desk.Db();
        Assert.Equal(1, await db.TicketMessages.CountAsync());
    }

    [Fact]
    public async Task SameBytesTwiceInOneBatch_MakeOneTicket()
    {
        await using var desk = await FlowDesk.StartAsync();
        await desk.StoreAsync(Mail);
        await desk.StoreAsync(Mail);

        await desk.Get<MailProcessor>().ProcessWaitingAsync();

        await using var db = desk.Db();
        Assert.Equal(1, (await db.Tickets.SingleAsync()).MessageCount);
    }

    [Fact]
    public async Task SameMailDeliveredByAnotherRoute_IsIgnored()
    {
        await using var desk = await FlowDesk.StartAsync();
        var first = await desk.TakeAsync(Mail);

        var again = await desk.TakeAsync(Mail.Replace("by a", "by another", StringComparison.Ordinal), "sales");

        Assert.Equal((DecisionReason.DuplicateMessageId, first.TicketId), (again.Reason!.Value, again.TicketId));
    }

    [Fact]
    public async Task AnotherMailWithAUsedMessageId_IsNotLost()
    {
        await using var desk = await FlowDesk.StartAsync();
        await desk.TakeAsync(Mail);

        var other = await desk.TakeAsync(Mail.Replace("please", "something else", StringComparison.Ordinal));

        Assert.Equal(DecisionKind.CreateTicket, other.Decision);
        Assert.Contains("another body", other.Trace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_OfAKnownMail_SaysDuplicateAndWritesNothing()
    {
        await using var desk = await FlowDesk.StartAsync();
        var first = await desk.TakeAsync(Mail);

        var explained = (await desk.Get<MailProcessor>().ExplainAsync(FlowDesk.Bytes(Mail), "support")).Value!;

        Assert.Equal((DecisionKind.Ignore, first.TicketId), (explained.Kind, explained.TicketId));
        await using var db = desk.Db();
        Assert.Equal(1, await db.StoredMails.CountAsync());
    }

    [Fact]
    public async Task Explain_OfANewMail_NamesTheQueueAndEveryStep()
    {
        await using var desk = await FlowDesk.StartAsync();

        var explained = (await desk.Get<MailProcessor>().ExplainAsync(FlowDesk.Bytes(Mail), "sales")).Value!;

        Assert.Equal((DecisionKind.CreateTicket, "Sales"), (explained.Kind, explained.Queue));
        Assert.Equal(["trust", "duplicate", "size", "own mail", "report", "automatic", "confirmation", "filters", "follow-up", "held mail", "replies only", "catch-all", "alias", "default queue", "loop guard", "notice"], explained.Steps.Select(step => step.Name));
    }
}
