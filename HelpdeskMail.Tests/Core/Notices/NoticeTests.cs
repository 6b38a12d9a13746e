using System.Text;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Notices;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Mime;
using HelpdeskMail.Tests.Core.Ingestion;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Notices;

public sealed class NoticeTests
{
    private const string Stranger = "From: Ann Doe <ann@b.example>\nTo: support@helpdesk.test\nSubject: Help {ticket}\nMessage-ID: <first@b>\n\nplease";

    [Theory, OnSqlite, OnPostgres]
    public async Task StrangersFirstMail_IsAnsweredOnce_WithTheTicketsNumber(DatabaseProvider provider)
    {
        await using var desk = await NoticeDesk.StartAsync(provider);

        var ticket = await desk.TicketAsync((await desk.TakeWithNoticesAsync(Stranger)).TicketId);
        await desk.TakeWithNoticesAsync("From: ann@b.example\nSubject: Another\nMessage-ID: <second@b>\n\nplease");

        var (row, mail) = Assert.Single(await desk.NoticesAsync());
        Assert.Equal(("", "ann@b.example", OutboxState.Queued), (row.EnvelopeFrom, row.Recipients[0].Address, row.Recipients[0].State));
        Assert.Equal("support@helpdesk.test", mail.From[0].Address);
        Assert.Equal("Ann Doe", mail.To[0].DisplayName);
        Assert.Equal($"We have received your message [#{ticket.Number}]", mail.Subject);
        Assert.Contains("Your message \"Help {ticket}\" has reached us", mail.Text, StringComparison.Ordinal); // what the customer wrote is no template
        Assert.Equal(("auto-replied", "All"), (mail.Headers["Auto-Submitted"]!.Trim(), mail.Headers["X-Auto-Response-Suppress"]!.Trim()));
        Assert.Equal("first@b", mail.InReplyTo[0].Value);
        Assert.Equal("first@b", mail.References[0].Value);
        await using var db = desk.Db();
        var log = await db.Communications.SingleAsync(line => line.Id == row.CommunicationId);
        Assert.Equal((row.Id, ticket.Id), (log.OutboxMailId, log.TicketId));
        Assert.Equal("ann@b.example", (await db.TicketEvents.SingleAsync(line => line.Kind == "notice")).To);
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied\nFrom: ann@b.example")]
    [InlineData("Return-Path: <>\nFrom: ann@b.example")]
    [InlineData("List-Id: <friends.b.example>\nFrom: ann@b.example")]
    [InlineData("Precedence: bulk\nFrom: ann@b.example")]
    [InlineData("From: No Reply <no-reply@b.example>")]
    [InlineData("From: <mailer-daemon@b.example>")]
    [InlineData("From: Sales <sales@helpdesk.test>")]
    [InlineData("Subject: from nobody")]
    [InlineData("From: ann.a1-z7m3@b.example>")] // no address that can be written to; it still becomes a ticket
    public async Task WhatNobodyMayAnswer_GetsNoNotice(string header)
    {
        await using var desk = await NoticeDesk.StartAsync();
        var stored = await desk.TakeWithNoticesAsync($"{header}\nMessage-ID: <x@b>\n\nhello");
        Assert.Equal(StoredMailState.Decided, stored.State);
        Assert.Empty(await desk.NoticesAsync());
    }

    [Fact]
    public async Task MailboxWithoutNotices_SendsNone_AndTheTraceSaysSo()
    {
        await using var desk = await NoticeDesk.StartAsync();
        await desk.SetUpAsync(async db => (await db.Mailboxes.SingleAsync(box => box.Name == "support")).Notices = false);
        var stored = await desk.TakeWithNoticesAsync(Stranger);
        Assert.Empty(await desk.NoticesAsync());
        Assert.Contains("notices are switched off for where it came from", stored.Trace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KindSwitchedOff_OrNoAccount_SendsNone()
    {
        await using var desk = await NoticeDesk.StartAsync();
        await using (var db = desk.Db())
        {
            await NoticeSwitches.SetAsync(db, NoticeKind.Registration, on: false, CancellationToken.None);
            await db.SaveChangesAsync();
        }
        await desk.TakeWithNoticesAsync(Stranger);
        Assert.Empty(await desk.NoticesAsync());
        await using (var db = desk.Db())
        {
            await NoticeSwitches.SetAsync(db, NoticeKind.Registration, on: true, CancellationToken.None);
            await db.SaveChangesAsync();
            await db.Departments.ExecuteUpdateAsync(set => set.SetProperty(department => department.OutboundAccountId, (long?)null));
        }
        Assert.Equal(StoredMailState.Decided, (await desk.TakeWithNoticesAsync("From: bob@b.example\n\nhello")).State);
        Assert.Empty(await desk.NoticesAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Refusal_IsToldOncePerDayAndAddress(DatabaseProvider provider)
    {
        await using var desk = await NoticeDesk.StartAsync(provider);
        var closed = (await desk.TakeWithNoticesAsync(Stranger)).TicketId;
        await desk.ChangeTicketAsync(closed, ticket => ticket.State = TicketState.Closed);
        await desk.SetUpAsync(async db => (await db.Queues.SingleAsync(queue => queue.Name == "Support")).ClosedTicketPolicy = ClosedTicketPolicy.Reject);

        await desk.TakeWithNoticesAsync("From: ann@b.example\nSubject: Re: Help\nIn-Reply-To: <first@b>\nMessage-ID: <1@b>\n\nmore");
        await desk.TakeWithNoticesAsync("From: ann@b.example\nSubject: Re: Help\nIn-Reply-To: <first@b>\nMessage-ID: <2@b>\n\nstill more");
        Assert.Single(await desk.NoticesAsync("Not accepted"));
        await using (var db = desk.Db()) await db.SentNotices.ExecuteUpdateAsync(set => set.SetProperty(notice => notice.SentAt, notice => notice.SentAt.AddDays(-1)));
        await desk.TakeWithNoticesAsync("From: ann@b.example\nSubject: Re: Help\nIn-Reply-To: <first@b>\nMessage-ID: <3@b>\n\nand more");

        var sent = await desk.NoticesAsync("Not accepted");
        Assert.Equal(2, sent.Count);
        Assert.Contains($"Ticket {(await desk.TicketAsync(closed)).Number} is closed and takes no more replies", sent[0].Mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RejectedByHand_IsTold_WhateverTheMailboxSays_ButNotToMachines()
    {
        await using var desk = await NoticeDesk.StartAsync();
        var (person, machine) = (await desk.StoreAsync(Stranger), await desk.StoreAsync("From: cron@b.example\nAuto-Submitted: auto-generated\n\nx"));
        await using (var db = desk.Db()) await db.StoredMails.ExecuteUpdateAsync(set => set.SetProperty(mail => mail.State, StoredMailState.Quarantined));

        var results = (await desk.Get<HandDecisions>().ApplyAsync([person, machine], new HandDecision.Refuse("We sell no printers."), new Actor(null, "Ada"))).Value!;

        Assert.All(results, result => Assert.Equal((null, DecisionKind.Refuse), (result.Fault, result.Decision!.Value)));
        var (_, mail) = Assert.Single(await desk.NoticesAsync());
        Assert.Equal("Not accepted: Help {ticket}", mail.Subject);
        Assert.Contains("We sell no printers.", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GermanAuthor_GetsTheGermanWording_OneOfAnUnknownLanguageTheStandardOne()
    {
        await using var desk = await NoticeDesk.StartAsync();
        await desk.TakeWithNoticesAsync("From: a@b.example\nContent-Language: de-AT\nMessage-ID: <1@b>\n\nHilfe");
        await desk.TakeWithNoticesAsync("From: b@b.example\nContent-Language: fi\nMessage-ID: <2@b>\n\napua");
        var sent = await desk.NoticesAsync();
        Assert.StartsWith("Ihre Nachricht ist angekommen", sent[0].Mail.Subject, StringComparison.Ordinal);
        Assert.StartsWith("We have received", sent[1].Mail.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_NamesTheNoticeThatWouldGoOut_AndWritesNothing()
    {
        await using var desk = await NoticeDesk.StartAsync();
        var explained = (await desk.Get<MailProcessor>().ExplainAsync(FlowDesk.Bytes(Stranger), "support")).Value!;
        Assert.Equal(["Registration notice to ann@b.example, from support@helpdesk.test"], explained.Notices);
        Assert.Empty((await desk.Get<MailProcessor>().ExplainAsync(FlowDesk.Bytes("Precedence: list\n" + Stranger), "support")).Value!.Notices);
        Assert.Empty(await desk.NoticesAsync());
    }

    [Fact]
    public void EmptyValues_LeaveNoHoles()
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["text"] = "", ["sender"] = "Us" };
        Assert.Equal("a {x}\n\nUs", NoticePlaceholders.Fill("a {x}\n\n{text}\n\n{sender}", values));
        Assert.Equal(["x"], NoticePlaceholders.Unknown(NoticeKind.Rejected, "a {x} {text} {x}"));
        Assert.Equal(["ticket"], NoticePlaceholders.Unknown(NoticeKind.TooLarge, "{ticket} {size}"));
    }

    [Fact]
    public void BuiltInWordings_HoldOnlyWhatTheirKindKnows()
    {
        foreach (var kind in Enum.GetValues<NoticeKind>())
        {
            foreach (var language in BuiltInWordings.Languages)
            {
                var wording = BuiltInWordings.Of(kind, language)!;
                Assert.Empty(NoticePlaceholders.Unknown(kind, wording.Subject + wording.Text));
            }
        }
    }
}

/// <summary>A desk whose department can send and whose mailboxes may.</summary>
internal static class NoticeDesk
{
    public static async Task<FlowDesk> StartAsync(DatabaseProvider provider = DatabaseProvider.Sqlite, Action<Microsoft.Extensions.DependencyInjection.IServiceCollection>? more = null)
    {
        var desk = await FlowDesk.StartAsync(provider, more);
        await using var db = desk.Db();
        var account = new OutboundAccount { Name = "smtp", Address = "support@helpdesk.test", DisplayName = "Support", Host = "localhost", Port = 25 };
        db.Add(account);
        await db.SaveChangesAsync();
        await db.Departments.ExecuteUpdateAsync(set => set.SetProperty(department => department.OutboundAccountId, account.Id));
        await db.Mailboxes.ExecuteUpdateAsync(set => set.SetProperty(mailbox => mailbox.Notices, true));
        return desk;
    }

    public static async Task<StoredMail> TakeWithNoticesAsync(this FlowDesk desk, string raw, string mailbox = "support")
    {
        var id = (await desk.Get<MailIntake>().StoreAsync(FlowDesk.Bytes(raw), MailSourceKind.Inbound, mailbox, notices: true)).Value;
        await desk.Get<MailProcessor>().ProcessWaitingAsync();
        await using var db = desk.Db();
        return await db.StoredMails.AsNoTracking().SingleAsync(mail => mail.Id == id);
    }

    public static async Task<List<(OutboxMail Row, MimeMessage Mail)>> NoticesAsync(this FlowDesk desk, string subject = "")
    {
        await using var db = desk.Db();
        var rows = await db.OutboxMails.AsNoTracking().Include(row => row.Recipients).Where(row => row.Purpose == OutboxPurpose.Notice).OrderBy(row => row.Id).ToListAsync();
        return [.. rows.Where(row => row.Subject.StartsWith(subject, StringComparison.Ordinal)).Select(row => (row, MimeMessage.Parse(row.Raw)))];
    }
}
