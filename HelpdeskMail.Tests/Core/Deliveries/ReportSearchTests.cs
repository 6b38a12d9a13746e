using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static HelpdeskMail.Tests.Core.Deliveries.SentDesk;

namespace HelpdeskMail.Tests.Core.Deliveries;

/// <summary>Which of our mails a report is about.</summary>
public sealed class ReportSearchTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task ReportWithTheReturnedMessageId_IsAboutThatMail(DatabaseProvider provider)
    {
        await using var desk = await StartAsync(provider);
        var ours = await desk.AnswerAsync();

        var report = await desk.TakeAsync(Report(Failed("Ann@b.example"), $"Message-ID: <{ours.MessageId}>"));

        Assert.Equal((DecisionKind.RecordBounce, DecisionReason.DeliveryReport, ours.TicketId), (report.Decision, report.Reason, report.TicketId));
        Assert.Equal(("ann@b.example", OutboxState.Bounced), await StateAsync(desk, ours));
    }

    [Fact]
    public async Task ReportThatReturnsNothing_IsFoundByTheEnvelopeIdWeGaveIt()
    {
        await using var desk = await StartAsync();
        var ours = await desk.AnswerAsync();

        await desk.TakeAsync(Report(Failed("ann@b.example"), "Subject: other", perMessage: $"Original-Envelope-Id: {ours.MessageId!.Replace("+", "+2B", StringComparison.Ordinal)}\n"));

        Assert.Equal(OutboxState.Bounced, (await StateAsync(desk, ours)).State);
    }

    [Theory]
    [InlineData("In-Reply-To: <{0}>\n")]
    [InlineData("X-Original-Message-ID: <{0}>\n")]
    public async Task ReportWhoseOwnHeaderNamesTheMail_IsAboutIt(string header)
    {
        await using var desk = await StartAsync();
        var ours = await desk.AnswerAsync();

        await desk.TakeAsync(Report(Failed("ann@b.example"), "Subject: other", string.Format(System.Globalization.CultureInfo.InvariantCulture, header, ours.MessageId)));

        Assert.Equal(OutboxState.Bounced, (await StateAsync(desk, ours)).State);
    }

    [Fact]
    public async Task MailWhoseMessageIdARelayRewrote_IsFoundByItsSignedReference_AndItsRecipient()
    {
        await using var desk = await StartAsync();
        var first = await desk.AnswerAsync();
        var second = await desk.ReplyAsync(first.TicketId, "bert@c.example");
        var signed = second.References!.Split(' ')[0];

        var report = await desk.TakeAsync(Report(Failed("bert@c.example"), $"Message-ID: <rewritten@relay.example>\nReferences: <{signed}>\nSubject: {second.Subject}"));

        Assert.Equal(second.TicketId, report.TicketId);
        Assert.Null((await desk.AgainAsync(first)).Bounce);
        Assert.Equal("bert@c.example", (await desk.AgainAsync(second)).Bounce!.Address);
        Assert.Contains("signed by us", report.Trace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ForgedSignature_NamesNothing()
    {
        await using var desk = await StartAsync();
        var ours = await desk.AnswerAsync();

        await desk.TakeAsync(Report(Failed("someone@else.example"), $"Message-ID: <rewritten@relay.example>\nReferences: <t{ours.TicketId}-aaaaaaaaaaaaaaaa@helpdesk.test>"));

        Assert.Null((await desk.AgainAsync(ours)).Bounce);
    }

    [Fact]
    public async Task ReportAboutAnAddressBehindAnAlias_IsToldOfTheAddressWeWroteTo()
    {
        await using var desk = await StartAsync();
        var ours = await desk.AnswerAsync(cc: "bert@c.example");

        await desk.TakeAsync(Report(Failed("ann.private@forward.example", original: "ann@b.example"), $"Message-ID: <{ours.MessageId}>"));

        var news = Assert.Single(await desk.NewsAsync());
        Assert.Equal(("ann@b.example", "ann.private@forward.example"), (news.Address, news.ReportedAddress));
        Assert.Equal([OutboxState.Bounced, OutboxState.Accepted], (await desk.AgainAsync(ours)).Delivery.Select(row => row.State));
    }

    [Fact]
    public async Task OriginalRecipientThatAServerLeftEncoded_IsTheOneWeWroteTo()
    {
        await using var desk = await StartAsync();
        var ours = await desk.AnswerAsync("ann+a@b.example", "bert@c.example");

        await desk.TakeAsync(Report(Failed("inner@b.example", original: "ann+2Ba@b.example"), $"Message-ID: <{ours.MessageId}>"));

        Assert.Equal(("ann+a@b.example", OutboxState.Bounced), await StateAsync(desk, ours));
    }

    [Fact]
    public async Task ForwardWithoutOriginalRecipient_IsToldOfTheOnlyRecipient()
    {
        await using var desk = await StartAsync();
        var ours = await desk.AnswerAsync();

        await desk.TakeAsync(Report(Failed("elsewhere@forward.example"), $"Message-ID: <{ours.MessageId}>"));

        Assert.Equal(("ann@b.example", OutboxState.Bounced), await StateAsync(desk, ours));
        Assert.NotNull((await desk.FailingAsync("ann@b.example"))!.UndeliverableSince);
        Assert.Null(await desk.FailingAsync("elsewhere@forward.example"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ReportWithoutAnyId_IsFoundByRecipientTimeAndSubject_AndTheTraceSaysWhatWasCompared(DatabaseProvider provider)
    {
        await using var desk = await StartAsync(provider);
        var other = await desk.AnswerAsync();
        var ours = await desk.AnswerAsync();

        var report = await desk.TakeAsync(Report(Failed("ann@b.example"), $"From: dept@helpdesk.test\nTo: ann@b.example\nSubject: {ours.Subject}"));

        Assert.Equal(OutboxState.Bounced, (await StateAsync(desk, ours)).State);
        Assert.Equal(OutboxState.Accepted, (await StateAsync(desk, other)).State);
        Assert.Contains($"2 mail(s) sent to ann@b.example in the 7 days before, 1 of them with the subject \\u0022{ours.Subject}\\u0022", report.Trace!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReportWithoutAnyId_ThatMayMeanTwoMails_IsTakenForNeither()
    {
        await using var desk = await StartAsync();
        var first = await desk.AnswerAsync();
        var second = await desk.ReplyAsync(first.TicketId);

        var report = await desk.TakeAsync(Report(Failed("ann@b.example"), $"To: ann@b.example\nSubject: {first.Subject}"));

        Assert.Equal(DecisionReason.ReportOnUnknown, report.Reason);
        Assert.Contains("which one it is can", report.Trace, StringComparison.Ordinal);
        Assert.Equal((null, null), ((await desk.AgainAsync(first)).Bounce, (await desk.AgainAsync(second)).Bounce));
    }

    [Fact]
    public async Task ReportWithoutAnyId_AboutAMailOfLastMonth_IsNotFound()
    {
        await using var desk = await StartAsync();
        var ours = await desk.AnswerAsync();
        desk.Helpdesk.Clock.Advance(TimeSpan.FromDays(30));

        var report = await desk.TakeAsync(Report(Failed("ann@b.example"), $"To: ann@b.example\nSubject: {ours.Subject}"));

        Assert.Equal(DecisionReason.ReportOnUnknown, report.Reason);
        Assert.Contains("nothing was sent to ann@b.example in the 7 days before", report.Trace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReportAboutNothingOfOurs_IsNotedAndMakesNoTicket()
    {
        await using var desk = await StartAsync();

        var report = await desk.TakeAsync(Report(Failed("stranger@d.example"), "Message-ID: <spam@forged.example>"));

        Assert.Equal((DecisionKind.RecordReport, DecisionReason.ReportOnUnknown, (long?)null), (report.Decision!.Value, report.Reason!.Value, report.TicketId));
        Assert.Equal(HelpdeskMail.Core.Deliveries.NewsState.Unknown, Assert.Single(await desk.NewsAsync()).State);
        await using var db = desk.Db();
        Assert.Equal(0, await db.Tickets.CountAsync());
        Assert.Null(await desk.FailingAsync("stranger@d.example")); // anybody can write such a report
    }

    private static async Task<(string Address, OutboxState State)> StateAsync(FlowDesk desk, MessageView message)
    {
        var row = (await desk.AgainAsync(message)).Delivery[0];
        return (row.Address, row.State);
    }
}
