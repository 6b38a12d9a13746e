using System.Security.Cryptography;
using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>Writes stored mails with their bytes, inside the caller's transaction.</summary>
internal static class RawStore
{
    public static StoredMail NewMail(ReadOnlySpan<byte> raw, MailSourceKind source, long? mailboxId, bool notices, DateTime now)
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

    public static async Task InsertAsync(HelpdeskDb db, IReadOnlyList<(StoredMail Mail, ReadOnlyMemory<byte> Raw)> mails, CancellationToken cancel)
    {
        await BulkRows.InsertAsync(db, mails.Select(item => item.Mail).ToList(), cancel);
        if (db.Database.IsSqlite() || db.Database.IsNpgsql()) await BulkRows.InsertAsync(db, typeof(RawMail), mails.Select(item => new RawRow(item.Mail.Id, item.Raw)).ToList(), cancel);
        else await BulkRows.InsertAsync(db, mails.Select(item => new RawMail { StoredMailId = item.Mail.Id, Bytes = item.Raw.ToArray() }).ToList(), cancel);
    }

    /// <summary>As <see cref="RawMail"/>, with bytes that are only a part of an array.</summary>
    private sealed record RawRow(long StoredMailId, ReadOnlyMemory<byte> Bytes);
}
