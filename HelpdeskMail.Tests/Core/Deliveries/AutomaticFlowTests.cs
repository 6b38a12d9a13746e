using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Notices;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static HelpdeskMail.Tests.Core.Deliveries.SentDesk;

namespace HelpdeskMail.Tests.Core.Deliveries;

/// <summary>P4 on the whole way: what machines write is kept, changes neither state nor owner, and is never answered.</summary>
public sealed class AutomaticFlowTests
{
    public static TheoryData<string> Forms =>
    [
        "Auto-Submitted: auto-replied (vacation)", // RFC 3834 §5
        "Auto-Submitted: auto-generated",
        "Precedence: auto_reply",
        "Precedence: bulk",
        "Precedence: list",
        "X-Auto-Response-Suppress: All", // Exchange
        "X-Auto-Response-Suppress: DR, OOF, AutoReply",
        "List-Id: <news.b.example>", // RFC 2919
        "Return-Path: <>",
        "X-Autoreply: yes",
        "X-Autorespond: Re: Help",
        "X-Vacation: yes",
        "X-Mail-Autoreply: 1",
        "X-MS-Exchange-Inbox-Rules-Loop: ann@b.example",
        "X-FC-MachineGenerated: true", // FirstClass
        "X-POST-MessageClass: 9; Autoresponder", // POST
        "Delivered-To: Autoresponder",
        "Subject: Automatic reply: Help",
        "Subject: Out of Office: Help",
        "Subject: Automatische Antwort: Help",
        "Subject: Abwesenheitsnotiz",
        "Subject: Réponse automatique : Help",
        "Subject: Respuesta automática: Help",
        "Subject: 自動応答: Help",
    ];

    [Theory, MemberData(nameof(Forms))]
    public async Task MachinesAnswer_IsAppended_AndNothingElseHappens(string form)
    {
        await using var desk = await NoticesAsync();
        var ours = await desk.AnswerAsync();
        await desk.ChangeTicketAsync(ours.TicketId, ticket => (ticket.State, ticket.OwnerId) = (TicketState.Closed, "smith"));
        var before = await OutboxAsync(desk);

        var stored = await TakeAsync(desk, $"{form}\nFrom: Ann <ann@b.example>\nTo: dept@helpdesk.test\nIn-Reply-To: <{ours.MessageId}>\nMessage-ID: <{Guid.NewGuid():N}@b>\n\nI am away until Monday.");

        Assert.Equal((DecisionKind.AppendToTicket, ours.TicketId), (stored.Decision!.Value, stored.TicketId!.Value));
        var ticket = await desk.TicketAsync(ours.TicketId);
        Assert.Equal((TicketState.Closed, "smith", 3), (ticket.State, ticket.OwnerId, ticket.MessageCount));
        Assert.Equal(before, await OutboxAsync(desk));
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task MachinesOwnMail_IsNeverAnswered(string form)
    {
        await using var desk = await NoticesAsync();

        await TakeAsync(desk, $"{form}\nFrom: Stranger <stranger@new.example>\nTo: support@helpdesk.test\nMessage-ID: <{Guid.NewGuid():N}@new>\n\nYour disk is full.");

        Assert.Equal(0, await OutboxAsync(desk));
    }

    [Fact]
    public async Task PersonsMail_IsAnswered_SoThatTheTestsAboveCanFail()
    {
        await using var desk = await NoticesAsync();

        await TakeAsync(desk, "From: Stranger <stranger@new.example>\nTo: support@helpdesk.test\nMessage-ID: <one@new>\nSubject: Help\n\nplease");

        Assert.Equal(1, await OutboxAsync(desk));
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied")]
    [InlineData("Return-Path: <>")]
    [InlineData("X-Autoreply: yes")]
    public async Task MachinesAnswerToOurNotice_IsDropped(string form)
    {
        await using var desk = await NoticesAsync();
        var notice = await NoticeAsync(desk);

        var stored = await TakeAsync(desk, $"{form}\nFrom: stranger@new.example\nTo: dept@helpdesk.test\nSubject: away\nIn-Reply-To: <{notice.MessageId}>\nMessage-ID: <auto@new>\n\nI am away.");

        Assert.Equal((DecisionKind.Ignore, DecisionReason.AnswerToNotice), (stored.Decision!.Value, stored.Reason!.Value));
        Assert.Equal((1, 1), (await TicketsAsync(desk), await OutboxAsync(desk)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task OurNoticeComingBack_IsNotedAndCounted_AndWantsNothingOfAnybody(DatabaseProvider provider)
    {
        await using var desk = await NoticesAsync(provider);
        var notice = await NoticeAsync(desk);

        var stored = await TakeAsync(desk, Report(Failed("stranger@new.example"), $"Message-ID: <{notice.MessageId}>"));

        Assert.Equal((DecisionReason.DeliveryReport, (long?)null), (stored.Reason!.Value, stored.TicketId));
        var news = Assert.Single(await desk.NewsAsync());
        Assert.Equal((HelpdeskMail.Core.Deliveries.NewsState.Noted, notice.Id), (news.State, news.OutboxMailId));
        Assert.NotNull((await desk.FailingAsync("stranger@new.example"))!.UndeliverableSince);
        Assert.Equal((1, 1), (await TicketsAsync(desk), await OutboxAsync(desk)));
    }

    [Fact]
    public async Task BounceOfABounce_IsNotedAndMakesNothing()
    {
        await using var desk = await NoticesAsync();

        await TakeAsync(desk, Report(Failed("mailer-daemon@other.example"), "From: MAILER-DAEMON@dept.example\nReturn-Path: <>\nSubject: Undelivered Mail Returned to Sender\nMessage-ID: <bounce@elsewhere>"));

        Assert.Equal((0, 0), (await TicketsAsync(desk), await OutboxAsync(desk)));
    }

    private static async Task<FlowDesk> NoticesAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var desk = await StartAsync(provider);
        await desk.SetUpAsync(async db => (await db.Mailboxes.SingleAsync(row => row.Id == desk.SupportMailbox)).Notices = true);
        return desk;
    }

    /// <summary>As <see cref="FlowDesk.TakeAsync"/>, with notices on.</summary>
    private static async Task<StoredMail> TakeAsync(FlowDesk desk, string raw)
    {
        var id = (await desk.Get<MailIntake>().StoreAsync(FlowDesk.Bytes(raw), MailSourceKind.Inbound, "support", notices: true)).Value;
        await desk.Get<MailProcessor>().ProcessWaitingAsync();
        await using var db = desk.Db();
        return await db.StoredMails.AsNoTracking().SingleAsync(mail => mail.Id == id);
    }

    private static async Task<OutboxMail> NoticeAsync(FlowDesk desk)
    {
        await TakeAsync(desk, "From: Stranger <stranger@new.example>\nTo: support@helpdesk.test\nMessage-ID: <one@new>\nSubject: Help\n\nplease");
        await using var db = desk.Db();
        await db.OutboxRecipients.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, OutboxState.Accepted));
        return await db.OutboxMails.AsNoTracking().SingleAsync(mail => mail.Purpose == OutboxPurpose.Notice);
    }

    private static async Task<int> OutboxAsync(FlowDesk desk)
    {
        await using var db = desk.Db();
        return await db.OutboxMails.CountAsync(mail => mail.Purpose == OutboxPurpose.Notice);
    }

    private static async Task<int> TicketsAsync(FlowDesk desk)
    {
        await using var db = desk.Db();
        return await db.Tickets.CountAsync();
    }
}
