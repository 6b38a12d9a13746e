using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Addresses;
using HelpdeskMail.Mail.Mime;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Notices;

/// <summary>Puts notices into the outbox, in the transaction of the change that caused them (invariant 4). As answers of a program they say so and have
/// no return path, so that nothing ever answers them (RFC 3834 §3.1.7, §3.3).</summary>
internal static class NoticeWriter
{
    private const int MaxReferences = 20;

    /// <param name="db">In the transaction, and after the counter "tickets" was taken: so two nodes don't both send the one notice of the day.</param>
    /// <param name="due">Whatever <see cref="NoticePermits"/> finds too much is left out.</param>
    /// <param name="limit">Bytes that a mail may have.</param>
    /// <param name="now">The transaction's time.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>How many were written.</returns>
    public static async Task<int> WriteAsync(HelpdeskDb db, IReadOnlyCollection<Notice> due, long limit, DateTime now, CancellationToken cancel)
    {
        if (due.Count == 0) return 0;
        var permitted = await NoticePermits.FilterAsync(db, due, now, cancel);
        if (permitted.Count == 0) return 0;
        var wordings = await NoticeWordings.LoadAsync(db, cancel);
        var names = await QueueNamesAsync(db, permitted, cancel);
        foreach (var (notice, sender) in permitted)
        {
            var (queue, department) = notice.QueueId is { } id && names.TryGetValue(id, out var found) ? found : ("", "");
            var mail = Compose(notice, sender, wordings, NoticeValues.Of(notice, sender, queue, department, limit), now);
            var outbox = Outbox(mail, sender, OutboxPurpose.Notice, notice.Mail.From.Address, now);
            var log = OutboundLog.Queued(notice.Ticket?.Id, sender, notice.Mail.From.Address, mail.Subject, now);
            log.StoredMailId = notice.Mail.StoredMailId;
            db.Communications.Add(log);
            db.OutboxMails.Add(outbox);
            await db.SaveChangesAsync(cancel);
            (outbox.CommunicationId, log.OutboxMailId) = (log.Id, outbox.Id);
            db.SentNotices.Add(new SentNotice { Kind = notice.Kind, Address = notice.Mail.From.Address, SentAt = now, OutboxMailId = outbox.Id, StoredMailId = notice.Mail.StoredMailId });
            if (notice.Ticket is { } ticket) db.TicketEvents.Add(TicketHistory.Line(ticket, Access.Actor.System, "notice", notice.Kind.ToString(), notice.Mail.From.Address, now));
            await db.SaveChangesAsync(cancel);
            db.ChangeTracker.Clear();
        }
        return permitted.Count;
    }

    /// <summary>An outbox row for a mail of the program itself: null return path (RFC 3834 §3.3).</summary>
    public static OutboxMail Outbox(OutgoingMessage mail, ReplySender sender, OutboxPurpose purpose, string address, DateTime now)
    {
        var outbox = new OutboxMail
        {
            OutboundAccountId = sender.OutboundAccountId,
            Purpose = purpose,
            EnvelopeFrom = "",
            MessageId = mail.MessageId.Value,
            MessageIdKey = MessageIdKey.Of(mail.MessageId.Value),
            Subject = mail.Subject,
            Raw = mail.ToBytes(),
            CreatedAt = now,
        };
        outbox.Recipients.Add(new OutboxRecipient { Address = address, State = OutboxState.Queued, NextAttemptAt = now, UpdatedAt = now });
        return outbox;
    }

    /// <summary>A mail of the program itself, from a sender's address and marked as such.</summary>
    /// <param name="submitted">The value of Auto-Submitted (RFC 3834 §5).</param>
    public static OutgoingMessage Generated(ReplySender sender, MessageAddress to, string subject, string text, string submitted, DateTime now, IReadOnlyList<MessageId>? references = null)
    {
        var author = MailAddress.TryParse(sender.Address, out var parsed) ? parsed : throw new InvalidOperationException($"Account {sender.Account} has no usable address.");
        var mail = new OutgoingMessage
        {
            From = [author with { DisplayName = sender.DisplayName.Length > 0 ? sender.DisplayName : null }],
            To = [ReplyChecks.Parse(to) ?? throw new InvalidOperationException($"\"{to.Address}\" is not a mail address.")],
            Subject = subject,
            Date = new DateTimeOffset(now),
            MessageId = MessageId.New(author.AsciiDomain is { Length: > 0 } domain ? domain : "localhost", new Instant(now)),
            InReplyTo = references is [.., var parent] ? [parent] : [],
            References = references ?? [],
            Text = text,
        };
        mail.AddHeader("Auto-Submitted", submitted);
        mail.AddHeader("X-Auto-Response-Suppress", "All"); // MS-OXCMAIL §2.1.3.2.20: Exchange heeds it where it overlooks the standard's field
        return mail;
    }

    private static OutgoingMessage Compose(Notice notice, ReplySender sender, NoticeWordings wordings, NoticeValues values, DateTime now)
    {
        var wording = wordings.Of(notice.Kind, notice.Mail.Language);
        var chain = notice.Mail.MessageId is { } parent ? notice.Mail.References.TakeLast(MaxReferences).Append(parent) : [];
        return Generated(
            sender, notice.Mail.From, MailText.Line(values.Fill(wording.Subject), 900), values.Fill(wording.Text), "auto-replied", now,
            MessageId.ParseList(string.Join(' ', chain.Distinct(StringComparer.Ordinal).Select(id => $"<{id}>"))));
    }

    private static async Task<Dictionary<long, (string Queue, string Department)>> QueueNamesAsync(HelpdeskDb db, List<(Notice Notice, ReplySender)> permitted, CancellationToken cancel)
    {
        var ids = permitted.Select(item => item.Notice.QueueId).OfType<long>().Distinct().ToArray();
        var rows = await db.Queues.Where(queue => EF.Parameter(ids).Contains(queue.Id)).Select(queue => new { queue.Id, queue.Name, Department = queue.Department!.Name }).ToListAsync(cancel);
        return rows.ToDictionary(row => row.Id, row => (row.Name, row.Department));
    }
}
