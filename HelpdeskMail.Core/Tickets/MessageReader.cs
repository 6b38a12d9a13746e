using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Deliveries;
using HelpdeskMail.Core.Ingestion;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Tickets;

/// <summary>Messages with all that the page and the API show of them but what only their raw mails hold (<see cref="Contents.MessageContents"/>), in a fixed number of queries.</summary>
internal static class MessageReader
{
    public static async Task<List<MessageView>> ReadAsync(HelpdeskDb db, IQueryable<TicketMessage> wanted, CancellationToken cancel)
    {
        var messages = await wanted.AsNoTracking().Include(message => message.Attachments).OrderBy(message => message.Id).ToListAsync(cancel);
        var outbox = messages.Select(message => message.OutboxMailId).OfType<long>().ToArray();
        var deliveries = outbox.Length == 0 ? [] : await db.OutboxRecipients.AsNoTracking().Where(recipient => EF.Parameter(outbox).Contains(recipient.OutboxMailId)).OrderBy(recipient => recipient.Id).ToListAsync(cancel);
        var sent = messages.Where(message => message.OutboxMailId is not null).Select(message => (long?)message.Id).ToArray();
        var news = sent.Length == 0 ? [] : await db.DeliveryNews.AsNoTracking().Where(row => EF.Parameter(sent).Contains(row.TicketMessageId)).OrderBy(row => row.Id).ToListAsync(cancel);
        var stored = messages.Select(message => message.StoredMailId).Concat(news.Select(row => row.StoredMailId)).OfType<long>().ToArray();
        var decisions = stored.Length == 0 ? [] : await db.StoredMails.AsNoTracking().Where(mail => EF.Parameter(stored).Contains(mail.Id)).ToDictionaryAsync(mail => mail.Id, cancel);
        var writers = messages.Select(message => message.AuthorId).OfType<string>().Distinct().ToArray();
        var authors = writers.Length == 0 ? [] : await db.Users.Where(user => EF.Parameter(writers).Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.DisplayName.Length > 0 ? user.DisplayName : user.UserName, cancel);
        var recipients = deliveries.ToLookup(recipient => recipient.OutboxMailId);
        var heard = news.ToLookup(row => row.TicketMessageId);
        return messages.ConvertAll(message => View(
            message,
            message.OutboxMailId is { } mail ? recipients[mail] : [],
            message.StoredMailId is { } id ? decisions.GetValueOrDefault(id) : null,
            message.AuthorId is { } writer ? authors.GetValueOrDefault(writer) : null) with
        {
            News = [.. heard[message.Id].Select(row => View(row, row.StoredMailId is { } report ? decisions.GetValueOrDefault(report) : null))],
        });
    }

    private static NewsView View(DeliveryNews news, StoredMail? report) => new(
        news.Id, news.Kind, news.State, news.Address, news.ReportedAddress, news.Status, news.Cause, news.Line, news.RemoteMta, news.At, news.StoredMailId, news.SeenAt, news.SeenBy,
        report?.Sentence, TraceJson.Read(report?.Trace));

    private static MessageView View(TicketMessage message, IEnumerable<Outbound.OutboxRecipient> delivery, StoredMail? stored, string? author) => new(
        message.Id,
        message.TicketId,
        message.Direction,
        message.Internal,
        new MessageAddress(message.FromName, message.FromAddress),
        message.To,
        message.Cc,
        message.Subject,
        message.MessageId,
        message.InReplyTo,
        message.References,
        message.Date,
        message.CreatedAt,
        message.Text,
        null,
        [.. message.Attachments.OrderBy(file => file.Index).Select(file => new AttachmentView(file.Index, file.Name, file.Type, file.Size, file.Sha256, file.Cid))],
        message.Automatic,
        [.. delivery.Select(recipient => new DeliveryView(recipient.Address, recipient.State, recipient.ServerAnswer, recipient.UpdatedAt, recipient.Attempts, recipient.NextAttemptAt))],
        message.BounceAddress is { } address ? new BounceView(address, message.BounceStatus, message.BounceCause ?? "", message.BounceLine) : null,
        stored?.Decision,
        stored?.Reason,
        stored?.Sentence,
        TraceJson.Read(stored?.Trace),
        message.StoredMailId is not null || message.OutboxMailId is not null,
        message.StoredMailId,
        message.HasHtml,
        author,
        message.Trust,
        message.ReplyTo,
        message.ForwardedBy,
        message.SourceMessageId is not null);
}
