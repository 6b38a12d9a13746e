using System.Security.Cryptography;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Mail.Addresses;
using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Core.Tickets;

/// <summary>Makes the mail and the rows of what an agent wrote.</summary>
internal static class ReplyMail
{
    /// <summary>The mail as it goes out, or as a note with files is kept. Its Message-ID is fixed here.</summary>
    public static OutgoingMessage Compose(ReplyDraft draft, string subject, MailAddress from, ReplyThread thread, DateTimeOffset now, TimeProvider time) => new()
    {
        From = [from],
        To = [.. draft.To.Select(ReplyChecks.Parse).OfType<MailAddress>()],
        Cc = [.. draft.Cc.Select(ReplyChecks.Parse).OfType<MailAddress>()],
        Subject = subject,
        Date = now,
        MessageId = MessageId.New(from.AsciiDomain is { Length: > 0 } domain ? domain : "localhost", time),
        InReplyTo = thread.InReplyTo,
        References = thread.References,
        Text = TextOf(draft),
        Html = string.IsNullOrWhiteSpace(draft.Html) ? null : MailHtml.Sanitize(draft.Html, allowRemote: true),
        Attachments = [.. draft.Attachments.Select(file => new OutgoingAttachment(file.Name, file.Type, file.Bytes))],
    };

    public static string TextOf(ReplyDraft draft) => string.IsNullOrWhiteSpace(draft.Text) && draft.Html is { } html ? HtmlText.Of(html) : draft.Text;

    /// <summary>Where the files ended up in the raw mail.</summary>
    public static IEnumerable<MessageAttachment> Files(byte[] raw) => MimeMessage.Parse(raw).Attachments.Select((part, index) =>
    {
        var content = part.Decode();
        return new MessageAttachment
        {
            Index = index,
            Name = MailText.Line(part.FileName, 500),
            Type = MailText.Line(part.ContentType, 200),
            Size = content.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            Cid = part.ContentId,
            PartPath = part.Path,
        };
    });

    public static OutboxMail Outbox(OutgoingMessage mail, byte[] raw, ReplySender sender, long messageId, DateTime now)
    {
        var outbox = new OutboxMail
        {
            OutboundAccountId = sender.OutboundAccountId,
            TicketMessageId = messageId,
            Purpose = OutboxPurpose.Reply,
            EnvelopeFrom = sender.Address,
            MessageId = mail.MessageId.Value,
            Subject = mail.Subject,
            Raw = raw,
            CreatedAt = now,
        };
        outbox.Recipients.AddRange(mail.To.Concat(mail.Cc).Select(address => address.NormalizedAddress).Distinct(StringComparer.Ordinal)
            .Select(address => new OutboxRecipient { Address = address, State = OutboxState.Queued, NextAttemptAt = now, UpdatedAt = now }));
        return outbox;
    }
}
