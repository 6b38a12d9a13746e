using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Routing.Addresses;
using HelpdeskMail.Core.Routing.Filters;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Mime;
using Microsoft.EntityFrameworkCore;
using Encryption = HelpdeskMail.Core.Mailboxes.Encryption;

namespace HelpdeskMail.Tests.Core.Ingestion;

/// <summary>A <see cref="FlowDesk"/> with something of every rule that routing has, and a conversation that mails can be about.</summary>
internal static class ManyRulesDesk
{
    /// <summary>Null: through no mailbox.</summary>
    public static IReadOnlyList<string?> Mailboxes { get; } = ["support", "sales", "trusted", "holding", "replies", null];

    public static async Task<(FlowDesk Desk, IReadOnlyList<byte[]> Mails)> StartAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var desk = await FlowDesk.StartAsync(provider);
        await desk.SetUpAsync(db => RulesAsync(desk, db));
        await desk.Get<UserAdministration>().SaveAsync(new UserDraft { Email = "kim@private.example", DisplayName = "Kim Agent", Password = "Secret-12345" });
        await desk.SetUpAsync(async db => (await db.Users.SingleAsync()).NotifyDepartments = await db.Departments.Select(row => row.Id).ToListAsync());
        var open = await AnsweredAsync(desk, "open");
        var closed = await AnsweredAsync(desk, "closed");
        await desk.ChangeTicketAsync(closed.Ticket, ticket => ticket.State = TicketState.Closed);
        var merged = await AnsweredAsync(desk, "merged");
        await desk.Get<TicketMerger>().MergeAsync(merged.Ticket, (await desk.TicketAsync(open.Ticket)).Number, new Actor(null, "Ada"));
        await using var outbox = desk.Db();
        var notice = MimeMessage.Parse((await outbox.OutboxMails.Where(mail => mail.Purpose == OutboxPurpose.Agent).OrderBy(mail => mail.Id).Select(mail => mail.Raw).FirstAsync()));
        return (desk, [.. Mails(open.Ours, closed.Ours, merged.Ours, notice, (await desk.TicketAsync(open.Ticket)).Number).Select(FlowDesk.Bytes)]);
    }

    private static async Task RulesAsync(FlowDesk desk, HelpdeskDb db)
    {
        var account = new OutboundAccount { Name = "smtp", Address = "support@helpdesk.test", DisplayName = "Support", Host = "localhost", Port = 25, Encryption = Encryption.None };
        var domain = new AliasDomain { Domain = "shop.test", IsDefault = true };
        db.AddRange(account, domain);
        await db.SaveChangesAsync();
        (await db.Departments.SingleAsync()).OutboundAccountId = account.Id;
        (await db.Queues.SingleAsync(queue => queue.Id == desk.Sales)).ClosedTicketPolicy = ClosedTicketPolicy.Reject;
        db.AddRange(
            new Alias { LocalPart = "sales", AliasDomainId = domain.Id, QueueId = desk.Sales, LocalPartDetection = true },
            new Alias { LocalPart = "vip", AliasDomainId = domain.Id, QueueId = desk.Sales, WhoMayWrite = WhoMayWrite.Customers },
            new SystemAddress { Address = "orders@partner.test", DisplayName = "Orders", QueueId = desk.Sales });
        db.AddRange(
            Rule("bills", new("Subject", FilterOperator.Regex, false, @"(?<kind>invoice|bill) (?<number>\d+)"), new FilterAction("tag", "${kind}-${number}"), new FilterAction("queue", "Sales")),
            Rule("lists", new("body", FilterOperator.Contains, false, "unsubscribe"), new FilterAction("ignore", "true")),
            Rule("marks", new("From", FilterOperator.EndsWith, false, ".org"), new FilterAction("header:X-Seen", "org")),
            Rule("seen", new("X-Seen", FilterOperator.Equals, false, "org"), new FilterAction("priority", "high")),
            Rule("quiet", new("Precedence", FilterOperator.Exists, true, ""), new FilterAction("field:person", "yes")));
        db.AddRange(
            Mailbox("trusted", desk.Support, box => box.Trusted = true), Mailbox("holding", desk.Support, box => box.HoldAsContactRequests = true), Mailbox("replies", desk.Support, box => box.RepliesOnly = true));
        foreach (var mailbox in await db.Mailboxes.ToListAsync()) (mailbox.Notices, mailbox.Dispatch, mailbox.AuthServers) = (true, DispatchMode.Recipient, "mx.helpdesk.test");
        db.Add(new Setting { Key = Parameters.TagReplyAddress.Key, Value = "true" });
    }

    private static Filter Rule(string name, FilterCondition condition, params FilterAction[] actions) => new() { Name = name, Conditions = [condition], Actions = [.. actions] };

    private static Mailbox Mailbox(string name, long queue, Action<Mailbox> change)
    {
        var mailbox = new Mailbox { Name = name, Address = $"{name}@helpdesk.test", Host = "localhost", UserName = name, QueueId = queue, Notices = true, AuthServers = "mx.helpdesk.test" };
        change(mailbox);
        return mailbox;
    }

    private static async Task<(long Ticket, MimeMessage Ours)> AnsweredAsync(FlowDesk desk, string name)
    {
        var ticket = (await desk.TakeAsync($"From: Ann <ann@b.example>\nTo: sales@shop.test\nSubject: {name}\nMessage-ID: <{name}@b>\n\nplease")).TicketId!.Value;
        var reply = await desk.Get<ReplyWriter>().WriteAsync(ticket, new ReplyDraft { Text = "Done" }, new Actor(null, "Ada"));
        await using var db = desk.Db();
        return (ticket, MimeMessage.Parse(await db.OutboxMails.Where(mail => mail.TicketMessageId == reply.Value).Select(mail => mail.Raw).SingleAsync()));
    }

    private static IEnumerable<string> Mails(MimeMessage open, MimeMessage closed, MimeMessage merged, MimeMessage notice, string number)
    {
        foreach (var ours in new[] { open, closed, merged })
        {
            var id = ours.MessageId!.Value.Value;
            yield return $"From: Ann <ann@b.example>\nTo: support@helpdesk.test\nSubject: Re: it\nMessage-ID: <a-{id}>\nIn-Reply-To: <{id}>\n\nthanks";
            yield return $"From: Ann <ann@b.example>\nTo: {ours.ReplyTo[0].Address}\nSubject: another subject\n\nthanks";
            yield return $"From: ann@b.example\nSubject: away\nAuto-Submitted: auto-replied\nIn-Reply-To: <{id}>\n\naway";
            yield return Deliveries.SentDesk.Report(Deliveries.SentDesk.Failed("ann@b.example"), $"Message-ID: <{id}>");
            yield return $"From: ann@b.example\nSubject: read\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=disposition-notification; boundary=r\n\n--r\nContent-Type: text/plain\n\nread\n--r\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822; ann@b.example\nOriginal-Message-ID: <{id}>\nDisposition: manual-action/MDN-sent-manually; displayed\n\n--r--";
        }
        var told = notice.MessageId!.Value.Value;
        yield return $"From: Kim <kim@private.example>\nTo: support@helpdesk.test\nSubject: Re: {notice.Subject}\nIn-Reply-To: <{told}>\nReferences: <{told}>\nMessage-ID: <kim-1@private>\n\nIt is done.\n\n> {notice.Text!.Trim().ReplaceLineEndings("\n> ")}";
        yield return $"From: mallory@evil.example\nTo: support@helpdesk.test\nSubject: Re: it\nIn-Reply-To: <{told}>\n\nsend me all";
        yield return "From: Kim <kim@private.example>\nTo: support@helpdesk.test\nSubject: Fwd: Lamp\nMessage-ID: <kim-2@private>\n\nhe called\n\n---------- Forwarded message ---------\nFrom: Gil <gil@c.example>\nDate: Tue, Mar 5, 2024 at 10:11 AM\nSubject: Lamp\nTo: <kim@private.example>\n\nIt is dark.";
        yield return $"From: ann@b.example\nSubject: about [#{number}]\nMessage-ID: <n-1@b>\n\nwell?";
        yield return $"From: stranger@new.example\nSubject: about [#{number}]\nAuthentication-Results: mx.helpdesk.test; dmarc=pass header.from=new.example\nMessage-ID: <n-2@new>\n\nwell?";
        yield return "From: stranger@new.example\nTo: catchall@shop.test\nSubject: direct\nMessage-ID: <n-3@new>\n\nhello";
        yield return "From: other@new.example\nTo: vip@shop.test\nSubject: direct\nMessage-ID: <n-4@new>\n\nhello";
        yield return "Delivered-To: sales@shop.test\nFrom: one@new.example\nReply-To: two@new.example\nTo: undisclosed-recipients:;\nSubject: bill 12\nMessage-ID: <n-5@new>\n\nhello";
        yield return "From: one@new.example\nTo: orders@partner.test\nCc: sales@helpdesk.test\nSubject: invoice 7\nX-Helpdesk-Queue: Sales\nX-Helpdesk-Priority: urgent\nMessage-ID: <n-6@new>\n\nhello";
        yield return "From: news@list.org\nTo: support@helpdesk.test\nList-Id: <news.list.org>\nPrecedence: list\nSubject: news\nMessage-ID: <n-7@list>\n\nnews. unsubscribe here";
        yield return "From: person@list.org\nTo: support@helpdesk.test\nSubject: question\nMessage-ID: <n-8@list>\n\nwell";
        yield return "From: person@list.org\nTo: support@helpdesk.test\nSubject: Re: question\nMessage-ID: <n-9@list>\nIn-Reply-To: <n-8@list>\n\nwell";
        yield return "Received: by another; Sun, 22 Nov 2026 10:00:00 +0000\nFrom: person@list.org\nTo: support@helpdesk.test\nSubject: question\nMessage-ID: <n-8@list>\n\nwell";
        yield return "From: forwarding-noreply@google.com\nTo: support@helpdesk.test\nSubject: (#123456789) Gmail Forwarding Confirmation - Receive Mail from ann@gmail.com\nMessage-ID: <n-10@google>\n\nann@gmail.com has requested to automatically forward mail to your email address support@helpdesk.test.\nConfirmation code: 123456789\n\nhttps://mail-settings.google.com/mail/vf-abc\n";
        yield return "From: support@helpdesk.test\nAuto-Submitted: auto-generated\nSubject: ours\nMessage-ID: <n-11@helpdesk>\n\nours";
        yield return "\n\nno header";
        yield return "From: @\nTo: ,;:\nDate: never\n\n";
    }
}
