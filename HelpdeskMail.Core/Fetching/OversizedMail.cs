using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Notices;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Fetching;

/// <summary>Takes down whom a held-back mail is from and what it is about, which its header tells, and answers its author (P12). The mail itself stays on
/// the server. It is set aside before its header is asked for: a header that breaks the connection must not bring the mail back every time.</summary>
internal sealed class OversizedMail(IDbContextFactory<HelpdeskDb> contexts, WriteGate gate, RoutingConfigCache configs, TimeProvider time, long maxBytes)
{
    public async Task TakeAsync(FetchContext fetch, PendingEntry entry, SourceMessage message, CancellationToken cancel)
    {
        if ((await fetch.Source.HeadersAsync([message], cancel)).GetValueOrDefault(message.Identity) is not { } header || MailReader.TryRead(header).Mail is not { } mail) return;
        var now = time.GetUtcNow().UtcDateTime;
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await CounterRow.LockAsync(db, Counter.Tickets, cancel); // in one order with other notices
        var (from, subject) = (mail.From.Address, MailText.Clean(mail.Subject, LedgerEntry.MaxSubject));
        // Whoever takes the sender down is the one who answers: the same mail asked for again is not answered again.
        var first = await db.Ledger.Where(row => row.Id == entry.Id && row.State == LedgerState.Quarantined && row.Sender == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Sender, from).SetProperty(row => row.Subject, subject), cancel) == 1;
        if (!first) return;
        await db.Quarantine.Where(item => item.LedgerEntryId == entry.Id).ExecuteUpdateAsync(set => set.SetProperty(item => item.Sender, from).SetProperty(item => item.Subject, subject), cancel);

        var notice = new Notice(NoticeKind.TooLarge, new NoticeMail(mail.From, mail.Subject, mail.MessageId, mail.References, mail.Language, Math.Max(entry.Size, message.Size)), fetch.Mailbox.Id, fetch.Mailbox.QueueId);
        if (NoticePlan.Hindrance(notice, mail.Automatic, fetch.MayTell(entry), await configs.GetAsync(db, cancel)) is null)
            await NoticeWriter.WriteAsync(db, [notice], maxBytes, now, cancel);
        await CounterRow.BumpChangesAsync(db, cancel);
        await transaction.CommitAsync(cancel);
    }
}
