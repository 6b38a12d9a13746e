using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Fetching;

/// <summary>A downloaded mail, hashed and read, not yet stored.</summary>
internal sealed record ReadyMail(PendingEntry Entry, byte[] Raw, StoredMail Stored, ReadMail? Mail, string? Fault);

/// <summary>Commits a batch of mails: bytes, stored mails and the ledger in one transaction (invariant 1).</summary>
internal sealed class StoreBatch(IDbContextFactory<HelpdeskDb> contexts, WriteGate gate, TimeProvider time)
{
    private const int MaxLedgerSubject = 500;

    private static readonly string[] Written =
        [nameof(LedgerEntry.State), nameof(LedgerEntry.StoredAt), nameof(LedgerEntry.StoredMailId), nameof(LedgerEntry.Size), nameof(LedgerEntry.Subject)];

    public async Task<IReadOnlyList<IncomingMail>> StoreAsync(FetchContext fetch, IReadOnlyList<ReadyMail> mails, CancellationToken cancel)
    {
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await fetch.Lease.FenceAsync(db, cancel);
        var now = time.GetUtcNow().UtcDateTime;
        foreach (var mail in mails) mail.Stored.StoredAt = now;
        await RawStore.InsertAsync(db, [.. mails.Select(mail => (mail.Stored, mail.Raw))], cancel);
        var entries = mails.Select(mail => new LedgerEntry
        {
            Id = mail.Entry.Id,
            Identity = mail.Entry.Identity,
            State = LedgerState.Stored,
            StoredAt = now,
            StoredMailId = mail.Stored.Id,
            Size = mail.Stored.Size,
            Subject = MailText.Clean(mail.Mail?.Subject, MaxLedgerSubject),
        }).ToList();
        await BulkRows.UpdateAsync(db, entries, Written, cancel);
        await transaction.CommitAsync(cancel);
        return [.. mails.Select(mail => new IncomingMail(
            mail.Stored.Id, mail.Stored.Source, mail.Stored.MailboxId, mail.Stored.Notices, mail.Stored.Size, mail.Stored.ContentHash, mail.Stored.ContentKey, now, mail.Mail, mail.Fault, fetch.Log.Id))];
    }
}
