using HelpdeskMail.Core.Data;
using HelpdeskMail.Mail.Mime;
using HelpdeskMail.Mail.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace HelpdeskMail.Core.Tickets.Contents;

/// <summary>Contents of messages, read from their raw mails when a page first asks and kept for a while: a ticket that is open is drawn again with every change.</summary>
public sealed class MessageContents(IDbContextFactory<HelpdeskDb> contexts) : IDisposable
{
    /// <summary>Characters of HTML kept, over all messages.</summary>
    private const long MaxKept = 24_000_000;

    private const int EntryCost = 1000; // what isn't HTML
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);
    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = MaxKept });

    public void Dispose() => cache.Dispose();

    /// <summary>Null where there is no such message.</summary>
    public async Task<MessageContent?> OfAsync(long messageId, CancellationToken cancel = default) => (await OfAsync([messageId], cancel)).GetValueOrDefault(messageId);

    public async Task<IReadOnlyDictionary<long, MessageContent>> OfAsync(IReadOnlyCollection<long> messageIds, CancellationToken cancel = default)
    {
        if (messageIds.Count == 0) return new Dictionary<long, MessageContent>();
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await OfAsync(db, messageIds, cancel);
    }

    internal async Task<IReadOnlyDictionary<long, MessageContent>> OfAsync(HelpdeskDb db, IReadOnlyCollection<long> messageIds, CancellationToken cancel)
    {
        var ids = messageIds.ToArray();
        // Asked for even where all of them are kept: a message that is gone must not be shown.
        var sources = await db.TicketMessages.AsNoTracking().Where(message => EF.Parameter(ids).Contains(message.Id)).Select(message => new ContentSource(
            message.Id, message.StoredMailId, message.Direction == MessageDirection.Inbound, message.HasHtml, message.Automatic != AutomaticKind.None, message.Text.Contains(ContentSource.Armour), message.EmbeddedPath)).ToListAsync(cancel);
        var found = new Dictionary<long, MessageContent>(sources.Count);
        var missing = new List<ContentSource>();
        foreach (var source in sources)
        {
            if (cache.TryGetValue(source.MessageId, out MessageContent? content) && content is not null) found[source.MessageId] = content;
            else missing.Add(source);
        }

        if (missing.Count == 0) return found;
        var unread = missing.ConvertAll(source => source.MessageId).ToArray();
        var files = (await db.Attachments.AsNoTracking().Where(file => EF.Parameter(unread).Contains(file.TicketMessageId)).Select(file => new { file.TicketMessageId, file.Index, file.PartPath, file.Type, file.Name }).ToListAsync(cancel))
            .ToLookup(file => file.TicketMessageId);
        foreach (var source in missing)
        {
            var own = files[source.MessageId].ToList();
            var content = source.NeedsMail || own.Exists(file => ContentSource.Speaks(file.Type, file.Name))
                ? await ReadAsync(db, source, own.DistinctBy(file => file.PartPath).ToDictionary(file => file.PartPath, file => file.Index, StringComparer.Ordinal), cancel)
                : MessageContent.Empty;
            cache.Set(source.MessageId, content, new MemoryCacheEntryOptions { Size = EntryCost + (content.Html?.Length ?? 0), SlidingExpiration = Kept });
            found[source.MessageId] = content;
        }

        return found;
    }

    // One mail at a time: they may be large.
    private static async Task<MessageContent> ReadAsync(HelpdeskDb db, ContentSource source, Dictionary<string, int> files, CancellationToken cancel)
    {
        if (source.HasHtml && await db.TicketMessages.Where(message => message.Id == source.MessageId).Select(message => message.Html).FirstOrDefaultAsync(cancel) is { } written) return ContentReader.OfHtml(written);
        if (!source.Inbound || source.StoredMailId is not { } stored) return MessageContent.Empty;
        var raw = await db.RawMails.Where(row => row.StoredMailId == stored).Select(row => row.Bytes).FirstOrDefaultAsync(cancel);
        if (raw is null) return MessageContent.Empty;
        var mail = MimeMessage.Parse(raw);
        if (source.EmbeddedPath is { } path)
        {
            if (mail.FindPart(path)?.EmbeddedMessage is not { } embedded) return MessageContent.Empty;
            return ContentReader.Read(embedded, files.Where(file => EmbeddedParts.InnerOf(path, file.Key) is not null).ToDictionary(file => EmbeddedParts.InnerOf(path, file.Key)!, file => file.Value, StringComparer.Ordinal));
        }
        var content = ContentReader.Read(mail, files);
        return source.HasHtml ? content : content with { Html = null, Blocked = 0, Hidden = 0 }; // of a forward only the text is the message's, not the agent's HTML around it
    }
}
