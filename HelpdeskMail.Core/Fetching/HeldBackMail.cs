using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Notices;
using HelpdeskMail.Core.Quarantine;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Fetching;

/// <summary>Takes down whom a held-back mail is from and what it is about, which its header tells, and answers the author of one that is too large (P12).
/// The mail itself stays on the server. It is set aside before its header is asked for: a header that breaks the connection must not bring the mail
/// back every time.</summary>
internal sealed class HeldBackMail(IDbContextFactory<HelpdeskDb> contexts, WriteGate gate, RoutingConfigCache configs, TimeProvider time, long maxBytes)
{
    /// <summary>Refused mails that one fetch asks for by their headers; a server that refuses thousands has another trouble.</summary>
    private const int NamedPerFetch = 200;

    public async Task TakeAsync(FetchContext fetch, PendingEntry entry, SourceMessage message, CancellationToken cancel)
    {
        if (await HeaderAsync(fetch, message, cancel) is not { } header || MailReader.TryRead(header).Mail is not { } mail) return;
        var now = time.GetUtcNow().UtcDateTime;
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await CounterRow.LockAsync(db, Counter.Tickets, cancel); // in one order with other notices
        var first = await NameAsync(db, entry, header, mail, cancel);
        var notice = new Notice(NoticeKind.TooLarge, new NoticeMail(mail.From, mail.Subject, mail.MessageId, mail.References, mail.Language, Math.Max(entry.Size, message.Size)), fetch.Mailbox.Id, fetch.Mailbox.QueueId);
        if (first && NoticePlan.Hindrance(notice, mail.Automatic, fetch.MayTell(entry), await configs.GetAsync(db, cancel)) is null)
            await NoticeWriter.WriteAsync(db, [notice], maxBytes, now, cancel);
        await CounterRow.BumpChangesAsync(db, cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Names mails that the server refuses to hand out, as far as it hands out their headers. For the end of a fetch: a message that makes a server
    /// hang up may do so again here, and that is no failure of a fetch which is done.</summary>
    public async Task TakeRefusedAsync(FetchContext fetch, IEnumerable<(PendingEntry Entry, SourceMessage Message)> refused, CancellationToken cancel)
    {
        try
        {
            foreach (var (entry, message) in refused.Take(NamedPerFetch))
            {
                if (await HeaderAsync(fetch, message, cancel) is not { } header || MailReader.TryRead(header).Mail is not { } mail) continue;
                using var turn = await gate.EnterAsync(cancel);
                await using var db = await contexts.CreateDbContextAsync(cancel);
                await using var transaction = await db.Database.BeginTransactionAsync(cancel);
                await NameAsync(db, entry, header, mail, cancel);
                await CounterRow.BumpChangesAsync(db, cancel);
                await transaction.CommitAsync(cancel);
            }
        }
        catch (MailSourceException fault)
        {
            fetch.Log.Add(LogLevels.Info, "header", "The server does not hand out the header of a message that it refuses, either. Its sender stays unknown.", fault.Server ?? fault.Message);
        }
    }

    private static async Task<byte[]?> HeaderAsync(FetchContext fetch, SourceMessage message, CancellationToken cancel) =>
        (await fetch.Source.HeadersAsync([message], cancel)).GetValueOrDefault(message.Identity) is { Length: > 0 } header ? header : null;

    /// <summary>Whoever takes the sender down is the one who answers: the same mail asked for again is not answered again.</summary>
    /// <returns>False: it was known before.</returns>
    private static async Task<bool> NameAsync(HelpdeskDb db, PendingEntry entry, byte[] header, ReadMail mail, CancellationToken cancel)
    {
        var (from, subject) = (mail.From.Address, MailText.Clean(mail.Subject, LedgerEntry.MaxSubject));
        var first = await db.Ledger.Where(row => row.Id == entry.Id && row.State == LedgerState.Quarantined && row.Sender == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Sender, from).SetProperty(row => row.Subject, subject), cancel) == 1;
        if (first) await db.Quarantine.Where(item => item.LedgerEntryId == entry.Id).ExecuteUpdateAsync(set => set.SetProperty(item => item.Sender, from).SetProperty(item => item.Subject, subject), cancel);
        if (await db.Ledger.AnyAsync(row => row.Id == entry.Id && row.State == LedgerState.Quarantined, cancel) && !await db.HeldHeaders.AnyAsync(held => held.LedgerEntryId == entry.Id, cancel))
        {
            db.HeldHeaders.Add(new HeldHeader { LedgerEntryId = entry.Id, Bytes = header.Length <= HeldHeader.MaxBytes ? header : header[..HeldHeader.MaxBytes] });
            await db.SaveChangesAsync(cancel);
            db.ChangeTracker.Clear();
        }
        return first;
    }
}
