using System.Text.Json;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>Reads stored mails: what became of them, and their bytes.</summary>
public sealed class StoredMailQueries(IDbContextFactory<HelpdeskDb> contexts)
{
    private const int Excerpt = 2000;

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
            mail, mailbox, ticket, item, hasRaw, read?.From, read?.To ?? [], read?.Subject, read?.Date, read is null ? "" : read.Text.Length > Excerpt ? read.Text[..Excerpt] + " …" : read.Text, TraceOf(mail.Trace));
    }

    /// <summary>The bytes as they came; null: there is no such mail, or it was deleted from quarantine.</summary>
    public async Task<byte[]?> RawAsync(long id, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.RawMails.Where(raw => raw.StoredMailId == id).Select(raw => raw.Bytes).FirstOrDefaultAsync(cancel);
    }

    internal static IReadOnlyList<TraceStep> TraceOf(string? trace)
    {
        try
        {
            return trace is null ? [] : JsonSerializer.Deserialize<List<TraceStep>>(trace) ?? [];
        }
        catch (JsonException)
        {
            return []; // cut off at its limit
        }
    }
}

/// <summary>A stored mail with what its bytes say now.</summary>
/// <param name="Mail">Its row, without the bytes.</param>
/// <param name="QuarantineId">The open quarantine item it is.</param>
/// <param name="Text">The beginning of its text.</param>
public sealed record StoredMailView(
    StoredMail Mail, string? Mailbox, string? TicketNumber, long? QuarantineId, bool HasRaw, MessageAddress? From, IReadOnlyList<MessageAddress> To, string? Subject, DateTime? Date, string Text,
    IReadOnlyList<TraceStep> Trace);
