using HelpdeskMail.Core.Data;
using HelpdeskMail.Mail.Mime;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Tickets;

/// <summary>Bytes of messages: the raw mail and its attachments, which are parts of it.</summary>
public sealed class MessageFiles(IDbContextFactory<HelpdeskDb> contexts)
{
    /// <summary>The mail as it came or went; null for notes and unknown ids.</summary>
    public async Task<byte[]?> RawAsync(long messageId, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await RawAsync(db, messageId, cancel);
    }

    public Task<AttachmentFile?> AttachmentAsync(long messageId, int index, CancellationToken cancel = default) =>
        FileAsync(messageId, files => files.Where(file => file.Index == index), cancel);

    /// <summary>An inline image by its Content-ID.</summary>
    public Task<AttachmentFile?> InlineAsync(long messageId, string cid, CancellationToken cancel = default) =>
        FileAsync(messageId, files => files.Where(file => file.Cid == cid), cancel);

    private static async Task<byte[]?> RawAsync(HelpdeskDb db, long messageId, CancellationToken cancel)
    {
        var source = await db.TicketMessages.Where(message => message.Id == messageId).Select(message => new { message.StoredMailId, message.OutboxMailId }).FirstOrDefaultAsync(cancel);
        // An agent's answer by mail has both: what went out is the message, what the agent wrote it in only its source.
        if (source?.OutboxMailId is { } outbox) return await db.OutboxMails.Where(mail => mail.Id == outbox).Select(mail => mail.Raw).FirstOrDefaultAsync(cancel);
        if (source?.StoredMailId is { } stored) return await db.RawMails.Where(raw => raw.StoredMailId == stored).Select(raw => raw.Bytes).FirstOrDefaultAsync(cancel);
        return null;
    }

    private async Task<AttachmentFile?> FileAsync(long messageId, Func<IQueryable<MessageAttachment>, IQueryable<MessageAttachment>> which, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var row = await which(db.Attachments.AsNoTracking().Where(file => file.TicketMessageId == messageId)).OrderBy(file => file.Index).FirstOrDefaultAsync(cancel);
        if (row is null || await RawAsync(db, messageId, cancel) is not { } raw) return null;
        return EmbeddedParts.Find(MimeMessage.Parse(raw), row.PartPath) is { } part ? new AttachmentFile(row.Name, row.Type, part.Decode()) : null;
    }
}

public sealed record AttachmentFile(string Name, string Type, byte[] Bytes);
