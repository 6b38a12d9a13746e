using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Alerts;
using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Deliveries;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static HelpdeskMail.Tests.Core.Deliveries.SentDesk;

namespace HelpdeskMail.Tests.Core.Deliveries;

/// <summary>What becomes of a report: marks, history, alert, counts.</summary>
public sealed class DeliveryNewsTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Failure_ShowsWithTheMessage_TheList_TheAuthorsBell_AndTheLog_ThoughTheTicketIsClosed(DatabaseProvider provider)
    {
        await using var desk = await StartAsync(provider);
        var ours = await desk.AnswerAsync(cc: "bert@c.example");
        await desk.ChangeTicketAsync(ours.TicketId, ticket => ticket.State = TicketState.Closed);

        var report = await desk.TakeAsync(Report(Failed("ann@b.example", "5.2.2", "552 5.2.2 quota"), $"Message-ID: <{ours.MessageId}>"));

        var marked = await desk.AgainAsync(ours);
        var news = Assert.Single(marked.News);
        Assert.Equal((NewsKind.Failed, NewsState.Open, "ann@b.example", "5.2.2", "The mailbox is full.", "552 5.2.2 quota", report.Id), (news.Kind, news.State, news.Address, news.Status, news.Cause, news.Line, news.StoredMailId));
        Assert.NotEmpty(news.Trace);
        Assert.Equal([("ann@b.example", OutboxState.Bounced), ("bert@c.example", OutboxState.Accepted)], marked.Delivery.Select(row => (row.Address, row.State)));
        var ticket = (await desk.Get<TicketQueries>().GetAsync(ours.TicketId))!;
        Assert.Equal((TicketState.Closed, DeliveryMark.Failed, true), (ticket.State, ticket.Mark, ticket.HasBounce));
        Assert.Contains(await desk.Get<TicketQueries>().EventsAsync(ours.TicketId), line => line is { Kind: "bounce", To: "ann@b.example" });

        var alert = Assert.Single(await desk.Get<AlertQueries>().ListAsync("smith", administrator: false, null, 10));
        Assert.Equal((AlertKind.MailReturned, ours.TicketId, ours.Id, "ann@b.example"), (alert.Kind, alert.TicketId, alert.AboutId, alert.Subject));
        Assert.Equal((1, 0, 0), (await desk.Get<AlertQueries>().UnreadAsync("smith", false), await desk.Get<AlertQueries>().UnreadAsync("other", false), await desk.Get<AlertQueries>().UnreadAsync("other", true)));
        await using var db = desk.Db();
        var log = await db.Communications.SingleAsync(row => row.OutboxMailId != null);
        Assert.Equal((CommunicationStatus.Failed, "It came back from ann@b.example. The mailbox is full."), (log.Status, log.Summary));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Acknowledging_TakesItOffTheList_AndLeavesThePaleMark(DatabaseProvider provider)
    {
        await using var desk = await StartAsync(provider);
        var (first, second) = (await desk.AnswerAsync(), await desk.AnswerAsync("dora@d.example"));
        await desk.TakeAsync(Report(Failed("ann@b.example"), $"Message-ID: <{first.MessageId}>"));
        await desk.TakeAsync(Report(Failed("dora@d.example"), $"Message-ID: <{second.MessageId}>"));
        var queries = desk.Get<NewsQueries>();
        Assert.Equal(2, await queries.OpenAsync());
        Assert.Equal("dora@d.example", Assert.Single((await queries.ListAsync(new NewsFilter { Address = "DORA" })).Items).News.Address);
        Assert.Equal("ann@b.example", Assert.Single((await queries.ListAsync(new NewsFilter { Address = "ann@b.example", AuthorId = "smith" })).Items).News.Address);
        var page = await queries.ListAsync(new NewsFilter { PageSize = 1 });
        Assert.Equal("Agent Smith", page.Items[0].Author);
        Assert.Equal("ann@b.example", Assert.Single((await queries.ListAsync(new NewsFilter { PageSize = 1, After = page.Next })).Items).News.Address);

        Assert.Equal(1, await desk.Get<NewsDesk>().AcknowledgeMessageAsync(first.Id, Smith));
        Assert.Equal(1, await desk.Get<NewsDesk>().AcknowledgeAsync([.. (await desk.NewsAsync()).Select(news => news.Id)], Smith));

        Assert.Equal(0, await queries.OpenAsync());
        var seen = (await queries.ListAsync(new NewsFilter { State = NewsState.Seen })).Items;
        Assert.Equal((2, "Agent Smith"), (seen.Count, seen[0].News.SeenBy));
        var ticket = (await desk.Get<TicketQueries>().GetAsync(first.TicketId))!;
        Assert.Equal((DeliveryMark.None, true), (ticket.Mark, ticket.HasBounce));
    }

    [Fact]
    public async Task Delay_IsASofterMark_ThatTheFailureReplaces()
    {
        await using var desk = await StartAsync();
        var ours = await desk.AnswerAsync();

        var delay = await desk.TakeAsync(Report("Final-Recipient: rfc822; ann@b.example\nAction: delayed\nStatus: 4.4.1", $"Message-ID: <{ours.MessageId}>"));

        Assert.Equal((DecisionKind.RecordReport, DecisionReason.DeliveryDelayed), (delay.Decision!.Value, delay.Reason!.Value));
        var waiting = await desk.AgainAsync(ours);
        Assert.Equal((OutboxState.Delayed, NewsState.Waiting, null), (waiting.Delivery[0].State, waiting.News[0].State, waiting.Bounce));
        Assert.Equal(DeliveryMark.Delayed, (await desk.Get<TicketQueries>().GetAsync(ours.TicketId))!.Mark);
        Assert.Equal((0, 0), (await desk.Get<NewsQueries>().OpenAsync(), await desk.Get<AlertQueries>().UnreadAsync("smith", false)));
        Assert.Null(await desk.FailingAsync("ann@b.example"));

        await desk.TakeAsync(Report(Failed("ann@b.example", "5.4.7", "550 too long"), $"Message-ID: <{ours.MessageId}>\nX-Again: 1"));

        var failed = await desk.AgainAsync(ours);
        Assert.Equal(OutboxState.Bounced, failed.Delivery[0].State);
        Assert.Equal([NewsState.Noted, NewsState.Open], failed.News.Select(news => news.State));
        Assert.Equal((0, 1), ((await desk.FailingAsync("ann@b.example"))!.Hard, (await desk.FailingAsync("ann@b.example"))!.Soft));
    }

    [Theory]
    [InlineData("delivered", "2.1.5", OutboxState.Delivered)]
    [InlineData("relayed", "2.0.0", OutboxState.Relayed)]
    [InlineData("expanded", "2.0.0", OutboxState.Expanded)]
    public async Task Success_ShowsAsSuch_AlsoAfterADelay(string action, string status, OutboxState expected)
    {
        await using var desk = await StartAsync();
        var ours = await desk.AnswerAsync();
        await desk.TakeAsync(Report("Final-Recipient: rfc822; ann@b.example\nAction: delayed\nStatus: 4.4.1", $"Message-ID: <{ours.MessageId}>"));

        var report = await desk.TakeAsync(Report($"Final-Recipient: rfc822; ann@b.example\nAction: {action}\nStatus: {status}", $"Message-ID: <{ours.MessageId}>"));

        Assert.Equal(DecisionReason.DeliveryConfirmed, report.Reason);
        var marked = await desk.AgainAsync(ours);
        Assert.Equal((expected, null), (marked.Delivery[0].State, marked.Bounce));
        Assert.Equal(DeliveryMark.None, (await desk.Get<TicketQueries>().GetAsync(ours.TicketId))!.Mark);
    }

    [Fact]
    public async Task SecondReportOnTheSameFailure_CountsAndAlertsNoSecondTime_AndALateDelaySoftensNothing()
    {
        await using var desk = await StartAsync();
        var ours = await desk.AnswerAsync();
        await desk.TakeAsync(Report(Failed("ann@b.example"), $"Message-ID: <{ours.MessageId}>"));

        await desk.TakeAsync(Report(Failed("ann@b.example"), $"Message-ID: <{ours.MessageId}>\nX-Again: 1"));
        await desk.TakeAsync(Report("Final-Recipient: rfc822; ann@b.example\nAction: delayed\nStatus: 4.4.1", $"Message-ID: <{ours.MessageId}>"));

        Assert.Equal((1, 1, 1), (await desk.Get<NewsQueries>().OpenAsync(), await desk.Get<AlertQueries>().UnreadAsync("smith", false), (await desk.FailingAsync("ann@b.example"))!.Hard));
        Assert.Equal(OutboxState.Bounced, (await desk.AgainAsync(ours)).Delivery[0].State);
    }

    [Fact]
    public async Task ReportOfWhichNoRecipientCanBeRead_SaysThatNoErrorCouldBeRead()
    {
        await using var desk = await StartAsync();
        var ours = await desk.AnswerAsync(cc: "bert@c.example");

        await desk.TakeAsync($"Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: dept@helpdesk.test\nSubject: failure notice\nIn-Reply-To: <{ours.MessageId}>\nContent-Type: multipart/report; report-type=delivery-status; boundary=r\n\n--r\nContent-Type: text/plain\n\nSorry.\n--r--");

        var news = Assert.Single((await desk.AgainAsync(ours)).News);
        Assert.Equal((NewsKind.Failed, "", null, null), (news.Kind, news.Address, news.Cause, news.Status));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task AddressThatDoesNotExist_IsUndeliverable_WarnedOf_AndWorksAgainWhenItWrites(DatabaseProvider provider)
    {
        await using var desk = await StartAsync(provider);
        var ours = await desk.AnswerAsync();
        await desk.TakeAsync(Report(Failed("ann@b.example"), $"Message-ID: <{ours.MessageId}>"));
        Assert.True((await desk.Get<TicketQueries>().GetAsync(ours.TicketId))!.CustomerUndeliverable);
        Assert.Equal("ann@b.example", Assert.Single((await desk.Get<AddressQueries>().ListAsync(true, "ANN", null)).Items).Address);

        var asked = await desk.Get<ReplyWriter>().WriteAsync(ours.TicketId, new ReplyDraft { Text = "Again", AskFirst = true }, Smith);
        var sent = await desk.Get<ReplyWriter>().WriteAsync(ours.TicketId, new ReplyDraft { Text = "Again" }, Smith);

        Assert.Equal(["ann@b.example"], asked.Errors["undeliverable"]);
        Assert.True(sent.Ok);
        desk.Helpdesk.Clock.Advance(TimeSpan.FromMinutes(1));
        await desk.TakeAsync("From: Ann@b.example\nSubject: I am back\nMessage-ID: <back@b>\nAuto-Submitted: auto-generated\n\na machine of hers proves nothing");
        Assert.NotNull((await desk.FailingAsync("ann@b.example"))!.UndeliverableSince);
        await desk.TakeAsync("From: Ann@b.example\nSubject: I am back\nMessage-ID: <back2@b>\n\nhello");
        var row = (await desk.FailingAsync("ann@b.example"))!;
        Assert.Equal((null, FailureCounts.ByWriting, 1), (row.UndeliverableSince, row.ClearedBy, row.Hard));
    }

    [Fact]
    public async Task OldMailOfTheAddress_ThatIsImportedLater_ProvesNothing()
    {
        await using var desk = await StartAsync();
        var ours = await desk.AnswerAsync();
        await desk.TakeAsync(Report(Failed("ann@b.example"), $"Message-ID: <{ours.MessageId}>"));
        desk.Helpdesk.Clock.Advance(TimeSpan.FromMinutes(1));

        await desk.TakeAsync("From: ann@b.example\nSubject: old\nMessage-ID: <old@b>\nDate: Mon, 3 Feb 2020 10:00:00 +0000\n\nhello");

        Assert.NotNull((await desk.FailingAsync("ann@b.example"))!.UndeliverableSince);
    }

    [Fact]
    public async Task ClearedByAPerson_StaysSo_UntilMailFailsAgain()
    {
        await using var desk = await StartAsync();
        var ours = await desk.AnswerAsync();
        await desk.TakeAsync(Report(Failed("ann@b.example"), $"Message-ID: <{ours.MessageId}>"));
        desk.Helpdesk.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, await desk.Get<NewsDesk>().ClearAsync([(await desk.FailingAsync("ann@b.example"))!.Id], Smith));
        Assert.Empty(await desk.Get<AddressQueries>().UndeliverableAsync(["Ann@B.example"]));

        desk.Helpdesk.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await desk.ReplyAsync(ours.TicketId);
        await desk.TakeAsync(Report(Failed("ann@b.example"), $"Message-ID: <{second.MessageId}>"));
        Assert.Equal(2, Assert.Single(await desk.Get<AddressQueries>().UndeliverableAsync(["ann@b.example"])).Hard);
    }

    [Fact]
    public async Task ReadReceipt_IsNotedOnTheMessage_AndOpensNoTicket()
    {
        await using var desk = await StartAsync();
        var ours = await desk.AnswerAsync();
        await desk.ChangeTicketAsync(ours.TicketId, ticket => ticket.State = TicketState.Closed);

        var receipt = await desk.TakeAsync($"""
            From: Ann <ann@b.example>
            To: dept@helpdesk.test
            Subject: Read: {ours.Subject}
            Content-Type: multipart/report; report-type=disposition-notification; boundary=r

            --r
            Content-Type: text/plain

            It was displayed.
            --r
            Content-Type: message/disposition-notification

            Reporting-UA: mail.example; Program 1
            Final-Recipient: rfc822; ann@b.example
            Original-Message-ID: <{ours.MessageId}>
            Disposition: manual-action/MDN-sent-manually; displayed

            --r--
            """);

        Assert.Equal((DecisionKind.RecordReport, DecisionReason.ReadReceipt, ours.TicketId), (receipt.Decision!.Value, receipt.Reason!.Value, receipt.TicketId!.Value));
        var news = Assert.Single((await desk.AgainAsync(ours)).News);
        Assert.Equal((NewsKind.Read, NewsState.Noted, "ann@b.example"), (news.Kind, news.State, news.Address));
        Assert.Equal((TicketState.Closed, 2), ((await desk.TicketAsync(ours.TicketId)).State, (await desk.TicketAsync(ours.TicketId)).MessageCount));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Complaint_AboutOurMailIsShownWithIt_AndOneAboutForeignMailIsATicketOfTheAbuseDesk(bool ours)
    {
        await using var desk = await StartAsync();
        var message = await desk.AnswerAsync();

        var complaint = await desk.TakeAsync($"""
            From: feedback@isp.example
            To: dept@helpdesk.test
            Subject: complaint
            Content-Type: multipart/report; report-type=feedback-report; boundary=r

            --r
            Content-Type: text/plain

            An abuse report.
            --r
            Content-Type: message/feedback-report

            Feedback-Type: abuse
            User-Agent: Reporter/1
            Version: 1
            Original-Rcpt-To: ann@b.example

            --r
            Content-Type: message/rfc822

            From: dept@helpdesk.test
            Message-ID: <{(ours ? message.MessageId : "other@spammer.example")}>
            Subject: {(ours ? message.Subject : "Buy")}

            text
            --r--
            """);

        if (!ours)
        {
            Assert.Equal(DecisionKind.CreateTicket, complaint.Decision);
            return;
        }
        Assert.Equal(DecisionReason.AbuseReport, complaint.Reason);
        Assert.Equal((NewsKind.Complaint, "abuse"), ((await desk.AgainAsync(message)).News[0].Kind, (await desk.AgainAsync(message)).News[0].Line));
        Assert.Equal(AlertKind.MailComplaint, Assert.Single(await desk.Get<AlertQueries>().ListAsync("smith", false, null, 10)).Kind);
        Assert.Null((await desk.FailingAsync("ann@b.example")));
    }

    [Fact]
    public async Task MailWithoutKnownAuthor_AlertsTheTicketsOwner()
    {
        await using var desk = await StartAsync();
        var ours = await desk.AnswerAsync();
        await desk.SetUpAsync(async db => (await db.TicketMessages.SingleAsync(row => row.Id == ours.Id)).AuthorId = null);
        await desk.ChangeTicketAsync(ours.TicketId, ticket => ticket.OwnerId = "smith");

        await desk.TakeAsync(Report(Failed("ann@b.example"), $"Message-ID: <{ours.MessageId}>"));

        Assert.Equal(1, await desk.Get<AlertQueries>().UnreadAsync("smith", false));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ReportAboutForeignMail_BecomesATicketWhereAPersonWantsOne(DatabaseProvider provider)
    {
        await using var desk = await StartAsync(provider);
        var stored = await desk.TakeAsync(Report(Failed("stranger@d.example"), "Message-ID: <spam@forged.example>"));
        var news = Assert.Single((await desk.Get<NewsQueries>().ListAsync(new NewsFilter { State = NewsState.Unknown })).Items).News;

        var made = await desk.Get<NewsDesk>().MakeTicketsAsync([news.Id], Smith);
        var again = await desk.Get<NewsDesk>().MakeTicketsAsync([news.Id], Smith);

        Assert.Equal((1, 0, 0), (made.Count, again.Count, (await desk.NewsAsync()).Count));
        await using var db = desk.Db();
        var mail = await db.StoredMails.AsNoTracking().SingleAsync(row => row.Id == stored.Id);
        Assert.Equal((DecisionKind.CreateTicket, made[0]), (mail.Decision, mail.TicketId));
    }

    [Fact]
    public async Task NotificationToAnAgentThatComesBack_MarksNoTicket()
    {
        await using var desk = await StartAsync();
        var ours = await desk.AnswerAsync();
        await desk.SetUpAsync(async db =>
        {
            var mail = new OutboxMail
            {
                OutboundAccountId = (await db.OutboundAccounts.SingleAsync()).Id,
                TicketMessageId = ours.Id,
                Purpose = OutboxPurpose.Agent,
                EnvelopeFrom = "dept@helpdesk.test",
                MessageId = "to-agent@helpdesk.test",
                MessageIdKey = MessageIdKey.Of("to-agent@helpdesk.test"),
                Subject = "New answer",
                Raw = [],
                CreatedAt = DateTime.UtcNow,
            };
            mail.Recipients.Add(new OutboxRecipient { Address = "smith@helpdesk.example", State = OutboxState.Accepted, UpdatedAt = DateTime.UtcNow });
            db.Add(mail);
        });

        await desk.TakeAsync(Report(Failed("smith@helpdesk.example"), "Message-ID: <to-agent@helpdesk.test>"));

        var row = (await desk.Get<TicketQueries>().GetAsync(ours.TicketId))!;
        Assert.Equal((DeliveryMark.None, false), (row.Mark, row.HasBounce));
        Assert.Equal(1, await desk.Get<NewsQueries>().OpenAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task MailOfAMergedTicket_IsMarkedWhereItIsShown(bool reportFirst)
    {
        await using var desk = await StartAsync();
        var ours = await desk.AnswerAsync();
        var target = await desk.AnswerAsync();
        var number = (await desk.TicketAsync(target.TicketId)).Number;
        var report = Report(Failed("ann@b.example"), $"Message-ID: <{ours.MessageId}>");
        if (reportFirst) await desk.TakeAsync(report);

        Assert.True((await desk.Get<TicketMerger>().MergeAsync(ours.TicketId, number, Smith)).Ok);
        if (!reportFirst) await desk.TakeAsync(report);

        Assert.Equal(DeliveryMark.Failed, (await desk.Get<TicketQueries>().GetAsync(target.TicketId))!.Mark);
        Assert.Equal(target.TicketId, Assert.Single(await desk.NewsAsync()).TicketId);
    }
}
