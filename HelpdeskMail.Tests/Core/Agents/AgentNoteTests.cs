using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Mime;
using Xunit;

namespace HelpdeskMail.Tests.Core.Agents;

/// <summary>What is about a note stays inside, and who is told of what.</summary>
public sealed class AgentNoteTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task AnswerToANotificationAboutANote_BecomesANote(DatabaseProvider provider)
    {
        await using var desk = await AgentDesk.StartAsync(provider);
        var (ticket, notice) = await NotedAsync(desk);

        var mail = await desk.Flow.TakeAsync(AgentDesk.Answer(notice, "I think so, too. He never pays."));

        Assert.Equal((DecisionReason.AgentNote, ticket), (mail.Reason, mail.TicketId));
        Assert.DoesNotContain(await desk.OutboxAsync(), row => row.Purpose == OutboxPurpose.Reply);
        var note = (await desk.MessagesAsync(ticket))[^1];
        Assert.Equal((true, desk.KimId, "I think so, too. He never pays."), (note.Internal, note.AuthorId, note.Text));
    }

    [Fact]
    public async Task AnswerThatAlsoNamesAnOrdinaryNotification_StaysANote()
    {
        await using var desk = await AgentDesk.StartAsync();
        var (ticket, ordinary) = await desk.NotifiedAsync();
        await desk.Flow.Get<ReplyWriter>().WriteAsync(ticket, new ReplyDraft { Text = "bad customer", Internal = true }, new Actor(desk.LeeId, "Lee Agent"));
        var notice = await desk.NoticeAsync();

        var mail = await desk.Flow.TakeAsync($"From: {AgentDesk.Kim}\nSubject: Re: x\nIn-Reply-To: <{ordinary.MessageId!.Value.Value}>\nReferences: <{notice.MessageId!.Value.Value}>\n\nindeed");

        Assert.Equal(DecisionReason.AgentNote, mail.Reason);
    }

    [Fact]
    public async Task MailThatAnswersANote_StaysInternal_WhoeverWritesIt()
    {
        await using var desk = await AgentDesk.StartAsync();
        var (ticket, notice) = await NotedAsync(desk);
        await desk.Flow.TakeAsync(AgentDesk.Answer(notice, "He never pays.", more: "Message-ID: <note@private>\nCc: expert@partner.example"));

        var mail = await desk.Flow.TakeAsync("From: expert@partner.example\nTo: support@helpdesk.test\nSubject: Re: Printer\nIn-Reply-To: <note@private>\n\nI know him, too.");

        Assert.Equal((DecisionReason.FollowUpToNote, ticket), (mail.Reason, mail.TicketId));
        Assert.True((await desk.MessagesAsync(ticket))[^1].Internal);
        Assert.Equal(["boss@b.example"], (await desk.Flow.Get<ReplyWriter>().PreviewAsync(ticket))!.Cc.Select(address => address.Address));
        await using var db = desk.Flow.Db();
        Assert.DoesNotContain(db.TicketParticipants, row => row.Address == "expert@partner.example"); // nor does he get the customer's mail from now on
    }

    [Fact]
    public async Task NobodyIsTold_WhoDidNotAskForIt()
    {
        await using var desk = await AgentDesk.StartAsync();

        await desk.Flow.TakeAsync("From: ann@b.example\nSubject: hi\n\nhi");

        Assert.Empty(await desk.OutboxAsync());
    }

    [Fact]
    public async Task NobodyIsTold_OfHisOwnMail_OfMachines_OrOfABacklog()
    {
        await using var desk = await AgentDesk.StartAsync();
        await desk.NotifyAsync(desk.KimId);

        await desk.Flow.TakeAsync($"From: {AgentDesk.Kim}\nSubject: my own\n\nhi");
        await desk.Flow.TakeAsync("From: machine@b.example\nSubject: Away\nAuto-Submitted: auto-replied\n\nI am away");
        await desk.Flow.TakeAsync($"Received: by x; {desk.Flow.Helpdesk.Clock.GetUtcNow().AddDays(-3):R}\nFrom: ann@b.example\nSubject: old\n\nhi");

        Assert.Empty(await desk.OutboxAsync());
    }

    [Fact]
    public async Task AgentWhoseAddressIsOurs_IsToldNothing_ItWouldComeBack()
    {
        await using var desk = await AgentDesk.StartAsync();
        await desk.NotifyAsync(desk.KimId);
        await desk.Flow.Get<UserAdministration>().SaveAsync(new UserDraft { Id = desk.KimId, Email = "sales@helpdesk.test", DisplayName = "Kim" });

        await desk.Flow.TakeAsync("From: ann@b.example\nSubject: hi\n\nhi");

        Assert.Empty(await desk.OutboxAsync());
    }

    [Fact]
    public async Task CustomerWhoWritesOurMarks_CannotCutANotificationShort()
    {
        await using var desk = await AgentDesk.StartAsync();
        await desk.NotifyAsync(desk.KimId);

        await desk.Flow.TakeAsync("From: ann@b.example\nSubject: hi\n\nbefore\n##- Write your answer above this line. -##\nafter");

        Assert.Single((await desk.NoticeAsync()).Text!.Split('\n'), line => line.Contains("##- Write", StringComparison.Ordinal));
    }

    private static async Task<(long Ticket, MimeMessage Notice)> NotedAsync(AgentDesk desk)
    {
        var (ticket, _) = await desk.NotifiedAsync();
        await desk.Flow.Get<ReplyWriter>().WriteAsync(ticket, new ReplyDraft { Text = "Does he ever pay?", Internal = true }, new Actor(desk.LeeId, "Lee Agent"));
        var notice = await desk.NoticeAsync();
        Assert.Contains("Does he ever pay?", notice.Text, StringComparison.Ordinal);
        Assert.StartsWith($"n{ticket}-", notice.References[0].Value, StringComparison.Ordinal);
        return (ticket, notice);
    }
}
