using System.Text;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Notices;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Routing.Agents;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Addresses;
using HelpdeskMail.Mail.Mime;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Agents;

/// <summary>
/// Puts mails to agents into the outbox, in the transaction of the change they tell of (invariant 4). Each is signed for its agent and its ticket, so that
/// his answer is known as his; it says that a program sent it and has no return path, so that no program answers it (RFC 3834 §3.1.7, §3.3).
/// </summary>
internal static class AgentNoticeWriter
{
    private const int MaxText = 20_000;
    private const int MaxFiles = 20;

    public static async Task WriteAsync(HelpdeskDb db, RoutingConfig config, IReadOnlyList<AgentNotice> due, DateTime now, CancellationToken cancel)
    {
        if (due.Count == 0) return;
        var off = await NoticeSwitches.OffAsync(db, cancel);
        var wanted = due.Where(notice => !off.Contains(notice.Kind) && !config.Addresses.IsOwn(notice.Agent.Address)).ToList(); // a mail to ourselves would come back
        if (wanted.Count == 0) return;
        var wordings = await NoticeWordings.LoadAsync(db, cancel);
        var signature = await config.SignatureAsync(db, cancel);
        await db.SaveChangesAsync(cancel);
        foreach (var group in wanted.GroupBy(notice => notice.Ticket))
        {
            var ticket = group.Key;
            if (await ReplyRoute.OfAsync(db, ticket, cancel) is not { } sender) continue;
            var plan = await AgentKnowledge.PlanAsync(db, config, ticket, sender, cancel);
            var names = await db.Queues.Where(queue => queue.Id == ticket.QueueId).Select(queue => new { queue.Name, Department = queue.Department!.Name }).SingleAsync(cancel);
            foreach (var notice in group)
            {
                var note = notice.Kind == NoticeKind.AgentNote;
                var tag = signature.OfAgent(ticket.Id, notice.Agent.Id, note);
                var values = NoticeValues.Of(notice, sender, names.Name, names.Department, plan, MailText.Clean(notice.Text, MaxText), string.Join(", ", notice.Files.Take(MaxFiles)));
                var mail = Compose(notice, sender, wordings.Of(notice.Kind, null), values, tag, ReplyAddresses.Of(config, ticket, sender.Address, config.TagsReplies ? tag : null).ReplyTo, now);
                var outbox = NoticeWriter.Outbox(mail, sender, OutboxPurpose.Agent, notice.Agent.Address, now);
                var log = OutboundLog.Queued(ticket.Id, sender, notice.Agent.Address, mail.Subject, now);
                db.Communications.Add(log);
                db.OutboxMails.Add(outbox);
                await db.SaveChangesAsync(cancel);
                (outbox.CommunicationId, log.OutboxMailId) = (log.Id, outbox.Id);
                await db.SaveChangesAsync(cancel);
                db.ChangeTracker.Clear();
            }
        }
    }

    private static OutgoingMessage Compose(AgentNotice notice, ReplySender sender, NoticeWording wording, NoticeValues values, string tag, string? replyTo, DateTime now)
    {
        var author = MailAddress.TryParse(sender.Address, out var parsed) ? parsed : throw new InvalidOperationException($"Account {sender.Account} has no usable address.");
        var text = new StringBuilder(AgentWords.Top).Append("\n\n").Append(AgentWords.Unmarked(values.Fill(wording.Text).Trim())).Append("\n\n").Append(AgentWords.Bottom).Append('\n');
        var mail = new OutgoingMessage
        {
            From = [author with { DisplayName = sender.DisplayName.Length > 0 ? sender.DisplayName : null }],
            To = [ReplyChecks.Parse(new MessageAddress(notice.Agent.Name, notice.Agent.Address)) ?? throw new InvalidOperationException($"\"{notice.Agent.Address}\" is not a mail address.")],
            ReplyTo = MailAddress.TryParse(replyTo, out var reply) ? [reply] : [],
            Subject = MailText.Line(values.Fill(wording.Subject), 900),
            Date = new DateTimeOffset(now),
            MessageId = ReplyMail.Id(author, new Instant(now), tag),
            References = [ReplyMail.Anchor(author, tag)],
            Text = text.ToString(),
        };
        mail.AddHeader("Auto-Submitted", "auto-generated");
        mail.AddHeader("X-Auto-Response-Suppress", "All"); // MS-OXCMAIL §2.1.3.2.20
        return mail;
    }
}
