using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>Reads stored mails: what became of them, and their bytes.</summary>
public sealed class StoredMailQueries(IDbContextFactory<HelpdeskDb> contexts, TimeProvider time)
{
    private const int Excerpt = 2000;
    private const int MaxFound = 20;
    private const int Stretch = 5_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    public async Task<StoredMailView?> GetAsync(long id, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var mail = await db.StoredMails.AsNoTracking().Include(row => row.Raw).FirstOrDefaultAsync(row => row.Id == id && row.Source != MailSourceKind.Note, cancel);
        if (mail is null) return null;
        var read = mail.Raw is { Bytes.Length: > 0 } raw ? MailReader.TryRead(raw.Bytes).Mail : null;
        var ticket = mail.TicketId is { } ticketId ? await db.Tickets.Where(row => row.Id == ticketId).Select(row => row.Number).FirstOrDefaultAsync(cancel) : null;
        var mailbox = mail.MailboxId is { } mailboxId ? await db.Mailboxes.Where(row => row.Id == mailboxId).Select(row => row.Name).FirstOrDefaultAsync(cancel) : null;
        var item = await db.Quarantine.Where(row => row.StoredMailId == id && row.Open).Select(row => (long?)row.Id).FirstOrDefaultAsync(cancel);
        var hasRaw = mail.Raw is { Bytes.Length: > 0 };
        mail.Raw = null;
        return new(
            mail, mailbox, ticket, item, hasRaw, read?.From, read?.To ?? [], read?.Subject, read?.Date, read is null ? "" : read.Text.Length > Excerpt ? read.Text[..Excerpt] + " …" : read.Text, TraceJson.Read(mail.Trace));
    }

    /// <summary>The newest stored mails whose subject or sender holds the words, or that are in the ticket of this number; without words the newest of all.
    /// Goes through the communication log from its end, for a moment at the most.</summary>
    public async Task<StoredMailSearch> FindAsync(string? text, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var (started, words, found) = (time.GetTimestamp(), text?.Trim() ?? "", new List<StoredMailFound>());
        if (words.Length > 0 && await db.Tickets.Where(ticket => ticket.Number == words).Select(ticket => (long?)ticket.Id).FirstOrDefaultAsync(cancel) is { } number)
        {
            return new(await db.TicketMessages.Where(message => message.TicketId == number && message.StoredMailId != null && !message.Internal && message.Direction == MessageDirection.Inbound).OrderByDescending(message => message.Id).Take(MaxFound)
                .Select(message => new StoredMailFound(message.StoredMailId!.Value, message.CreatedAt, message.Subject, message.FromAddress, words)).ToListAsync(cancel), null);
        }
        for (var before = long.MaxValue; ;)
        {
            var last = before;
            var stretch = db.Communications.Where(row => row.Id < last).OrderByDescending(row => row.Id).Take(Stretch);
            var rows = stretch.Where(row => row.StoredMailId != null && row.Direction == CommunicationDirection.Incoming);
            if (words.Length > 0) rows = rows.Where(row => TextSearch.Contains(row.Subject, words) || TextSearch.Contains(row.Sender, words));
            var page = await rows.OrderByDescending(row => row.Id).Take(2 * MaxFound)
                .Select(row => new StoredMailFound(row.StoredMailId!.Value, row.StartedAt, row.Subject ?? "", row.Sender ?? "", db.Tickets.Where(ticket => ticket.Id == row.TicketId).Select(ticket => ticket.Number).FirstOrDefault())).ToListAsync(cancel);
            found = [.. found.Concat(page).DistinctBy(mail => mail.Id).Take(MaxFound)]; // one that was decided again has several lines
            if (found.Count == MaxFound) return new(found, null);
            var edge = await db.Communications.Where(row => row.Id < last).OrderByDescending(row => row.Id).Skip(Stretch - 1).Select(row => new { row.Id, row.StartedAt }).FirstOrDefaultAsync(cancel);
            if (edge is null) return new(found, null);
            before = edge.Id;
            if (time.GetElapsedTime(started) > Patience) return new(found, edge.StartedAt);
        }
    }

    /// <summary>The bytes as they came; null: there is no such mail, or it was deleted from quarantine.</summary>
    public async Task<byte[]?> RawAsync(long id, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.RawMails.Where(raw => raw.StoredMailId == id).Select(raw => raw.Bytes).FirstOrDefaultAsync(cancel);
    }
}

/// <summary>A stored mail with what its bytes say now.</summary>
/// <param name="Mail">Its row, without the bytes.</param>
/// <param name="QuarantineId">The open quarantine item it is.</param>
/// <param name="Text">The beginning of its text.</param>
public sealed record StoredMailView(
    StoredMail Mail, string? Mailbox, string? TicketNumber, long? QuarantineId, bool HasRaw, MessageAddress? From, IReadOnlyList<MessageAddress> To, string? Subject, DateTime? Date, string Text,
    IReadOnlyList<TraceStep> Trace);
