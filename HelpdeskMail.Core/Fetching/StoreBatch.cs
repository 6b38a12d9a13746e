using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Fetching;

/// <summary>A downloaded mail, hashed and read, not yet stored.</summary>
internal sealed record ReadyMail(PendingEntry Entry, StoredMail Stored, ReadMail? Mail, string? Fault);

/// <summary>Commits a batch of mails: bytes, stored mails and the ledger in one transaction (invariant 1).</summary>
internal sealed class StoreBatch(IDbContextFactory<HelpdeskDb> contexts, WriteGate gate, TimeProvider time)
{
    private const int MaxLedgerSubject = 500;

    public async Task<IReadOnlyList<IncomingMail>> StoreAsync(FetchContext fetch, IReadOnlyList<ReadyMail> mails, CancellationToken cancel)
    {
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await fetch.Lease.FenceAsync(db, cancel);
        var now = time.GetUtcNow().UtcDateTime;
        foreach (var mail in mails)
        {
            mail.Stored.StoredAt = now;
            db.StoredMails.Add(mail.Stored);
        }
        await db.SaveChangesAsync(cancel);

        db.ChangeTracker.Clear();
        foreach (var mail in mails)
        {
            var entry = new LedgerEntry { Id = mail.Entry.Id, Identity = mail.Entry.Identity };
            db.Ledger.Attach(entry);
            entry.State = LedgerState.Stored;
            entry.StoredAt = now;
            entry.StoredMailId = mail.Stored.Id;
            entry.Size = mail.Stored.Size;
            entry.Subject = MailText.Clean(mail.Mail?.Subject, MaxLedgerSubject);
            db.Entry(entry).DetectChanges();
        }
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return [.. mails.Select(mail => new IncomingMail(
            mail.Stored.Id, mail.Stored.Source, mail.Stored.MailboxId, mail.Stored.Notices, mail.Stored.Size, mail.Stored.ContentHash, mail.Stored.ContentKey, now, mail.Mail, mail.Fault, fetch.Log.Id))];
    }
}
