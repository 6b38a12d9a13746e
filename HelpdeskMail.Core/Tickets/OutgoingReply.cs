using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Routing.FollowUp;
using HelpdeskMail.Mail.Addresses;

namespace HelpdeskMail.Core.Tickets;

/// <summary>Writes the rows of an answer that goes out, wherever an agent wrote it: the message, its mail in the outbox and the log's line, in the caller's transaction.</summary>
internal static class OutgoingReply
{
    public static async Task<TicketMessage> WriteAsync(
        HelpdeskDb db, RoutingConfig config, Ticket ticket, ReplyDraft draft, ReplySender sender, TicketSignature signature, Actor actor, DateTime now, TicketMessage? from = null, CancellationToken cancel = default)
    {
        var thread = await ReplyThread.OfAsync(db, ticket.Id, cancel);
        var author = MailAddress.TryParse(sender.Address, out var parsed) ? parsed : throw new InvalidOperationException($"Account {sender.Account} has no usable address.");
        var addresses = ReplyAddresses.Of(config, ticket, sender.Address, config.TagsReplies ? signature.Of(ticket.Id) : null);
        var mail = ReplyMail.Compose(
            draft, ReplySubject.Of(ticket), author with { DisplayName = sender.DisplayName.Length > 0 ? sender.DisplayName : null }, thread, new DateTimeOffset(now), new Instant(now), signature.Of(ticket.Id), addresses.ReplyTo);
        var raw = mail.ToBytes();
        var message = Row(ticket, draft, actor, new MessageAddress(sender.DisplayName, sender.Address), mail.Subject, now);
        message.MessageId = mail.MessageId.Value;
        message.MessageIdKey = MessageIdKey.Of(message.MessageId);
        message.InReplyTo = thread.InReplyTo is [var parent] ? parent.Value : null;
        message.References = mail.References.Count > 0 ? string.Join(' ', mail.References.Select(id => id.Value)) : null;
        (message.StoredMailId, message.SourceMessageId, message.Trust) = (from?.StoredMailId, from?.SourceMessageId, from?.Trust);
        if (draft.Attachments.Count > 0) message.Attachments.AddRange(ReplyMail.Files(raw));
        db.TicketMessages.Add(message);
        await db.SaveChangesAsync(cancel);

        var log = OutboundLog.Queued(ticket.Id, sender, draft.To is [var first, ..] ? first.Address : null, mail.Subject, message.CreatedAt);
        var outbox = ReplyMail.Outbox(mail, raw, sender, addresses.EnvelopeFrom, message.Id, message.CreatedAt);
        db.Communications.Add(log);
        db.OutboxMails.Add(outbox);
        await db.SaveChangesAsync(cancel);
        (message.OutboxMailId, outbox.CommunicationId, log.OutboxMailId) = (outbox.Id, log.Id, outbox.Id);
        return message;
    }

    public static TicketMessage Row(Ticket ticket, ReplyDraft draft, Actor actor, MessageAddress from, string subject, DateTime now)
    {
        var html = string.IsNullOrWhiteSpace(draft.Html) ? null : MailHtml.Sanitize(draft.Html);
        return new TicketMessage
        {
            TicketId = ticket.Id,
            Direction = MessageDirection.Outbound,
            FromName = from.Name,
            FromAddress = from.Address,
            To = draft.To,
            Cc = draft.Cc,
            Subject = subject,
            Date = now,
            CreatedAt = now,
            Text = MailText.Clean(ReplyMail.TextOf(draft), MailText.MaxText),
            Html = html,
            HasHtml = html is not null,
            AuthorId = actor.Id,
        };
    }
}
