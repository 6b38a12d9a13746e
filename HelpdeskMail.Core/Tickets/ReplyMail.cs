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
    /// <param name="signature">Goes into the Message-ID and, as an id of its own, into References, which replies repeat where a relay has changed the Message-ID.</param>
    public static OutgoingMessage Compose(ReplyDraft draft, string subject, MailAddress from, ReplyThread thread, DateTimeOffset now, TimeProvider time, string? signature = null, string? replyTo = null) => new()
    {
        From = [from],
        To = [.. draft.To.Select(ReplyChecks.Parse).OfType<MailAddress>()],
        Cc = [.. draft.Cc.Select(ReplyChecks.Parse).OfType<MailAddress>()],
        Subject = subject,
        Date = now,
        ReplyTo = MailAddress.TryParse(replyTo, out var reply) ? [reply] : [],
        MessageId = Id(from, time, signature),
        InReplyTo = thread.InReplyTo,
        References = signature is null ? thread.References : [.. thread.References.Prepend(Anchor(from, signature)).Distinct()],
        Text = TextOf(draft),
        Html = string.IsNullOrWhiteSpace(draft.Html) ? null : MailHtml.Sanitize(draft.Html, allowRemote: true),
        Attachments = [.. draft.Attachments.Select(file => new OutgoingAttachment(file.Name, file.Type, file.Bytes))],
    };

    public static MessageId Id(MailAddress from, TimeProvider time, string? signature)
    {
        var id = MessageId.New(DomainOf(from), time);
        return signature is not null && MessageId.TryParse(id.Value.Insert(id.Value.LastIndexOf('@'), "." + signature), out var signed) ? signed : id;
    }

    public static MessageId Anchor(MailAddress from, string signature) =>
        MessageId.TryParse($"{signature}@{DomainOf(from)}", out var id) ? id : throw new InvalidOperationException("A signature that is no message id.");

    private static string DomainOf(MailAddress from) => from.AsciiDomain is { Length: > 0 } domain ? domain : "localhost";

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

    public static OutboxMail Outbox(OutgoingMessage mail, byte[] raw, ReplySender sender, string envelopeFrom, long messageId, DateTime now)
    {
        var outbox = new OutboxMail
        {
            OutboundAccountId = sender.OutboundAccountId,
            TicketMessageId = messageId,
            Purpose = OutboxPurpose.Reply,
            EnvelopeFrom = envelopeFrom,
            MessageId = mail.MessageId.Value,
            MessageIdKey = MessageIdKey.Of(mail.MessageId.Value),
            Subject = mail.Subject,
            Raw = raw,
            CreatedAt = now,
        };
        outbox.Recipients.AddRange(mail.To.Concat(mail.Cc).Select(address => address.NormalizedAddress).Distinct(StringComparer.Ordinal)
            .Select(address => new OutboxRecipient { Address = address, State = OutboxState.Queued, NextAttemptAt = now, UpdatedAt = now }));
        return outbox;
    }
}
