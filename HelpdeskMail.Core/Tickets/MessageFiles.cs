using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Tickets;

/// <summary>Bytes of messages: the raw mail and its attachments.</summary>
public sealed class MessageFiles(IDbContextFactory<HelpdeskDb> contexts)
{
    /// <summary>The mail as it came or went; null for notes and unknown ids.</summary>
    public Task<byte[]?> RawAsync(long messageId, CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());

    public Task<AttachmentFile?> AttachmentAsync(long messageId, int index, CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());

    /// <summary>An inline image by its Content-ID.</summary>
    public Task<AttachmentFile?> InlineAsync(long messageId, string cid, CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());
}

public sealed record AttachmentFile(string Name, string Type, byte[] Bytes);
