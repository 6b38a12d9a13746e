using System.Security.Cryptography;
using HelpdeskMail.Core.Data;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>Writes stored mails with their bytes, inside the caller's transaction.</summary>
internal static class RawStore
{
    public static StoredMail NewMail(byte[] raw, MailSourceKind source, long? mailboxId, bool notices, DateTime now)
    {
        var hash = SHA256.HashData(raw);
        return new StoredMail
        {
            Source = source,
            MailboxId = mailboxId,
            StoredAt = now,
            Size = raw.Length,
            ContentHash = hash,
            ContentKey = MailReader.KeyOf(hash),
            Notices = notices,
        };
    }

    public static async Task InsertAsync(HelpdeskDb db, IReadOnlyList<(StoredMail Mail, byte[] Raw)> mails, CancellationToken cancel)
    {
        await BulkRows.InsertAsync(db, mails.Select(item => item.Mail).ToList(), cancel);
        await BulkRows.InsertAsync(db, mails.Select(item => new RawMail { StoredMailId = item.Mail.Id, Bytes = item.Raw }).ToList(), cancel);
    }
}
