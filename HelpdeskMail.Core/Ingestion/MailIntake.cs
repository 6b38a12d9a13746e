using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>Ways in besides fetching: stores the bytes, then decides.</summary>
public sealed class MailIntake(IDbContextFactory<HelpdeskDb> contexts, WriteGate gate, MailProcessor processor, MailOptions options, TimeProvider time)
{
    /// <summary>Commits the bytes and returns the stored mail's id; processing follows by <see cref="MailProcessor"/>. Faults: "mailbox" unknown, "body" empty or too large.</summary>
    public async Task<Outcome<long>> StoreAsync(byte[] raw, MailSourceKind source, string? mailbox, bool notices, CancellationToken cancel = default)
    {
        var (found, mailboxId, allowed) = await MailboxAsync(mailbox, cancel);
        if (!found) return Faults.Of("mailbox", $"There is no mailbox \"{mailbox}\".");
        if (raw.Length == 0) return Faults.Of("body", "The mail is empty.");
        if (raw.Length > options.MaxMessageBytes) return Faults.Of("body", $"The mail has {raw.Length} bytes; at most {options.MaxMessageBytes} are accepted.");
        var mail = RawStore.NewMail(raw, source, mailboxId, notices && allowed, time.GetUtcNow().UtcDateTime);
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await RawStore.InsertAsync(db, [(mail, raw)], cancel);
        await transaction.CommitAsync(cancel);
        return mail.Id;
    }

    /// <summary>Stores and decides a stream of mails, batch by batch, with bounded memory. Mails that are empty or too large are passed over and counted.
    /// Importing the same again does nothing: its bytes are known. Fault: "mailbox" unknown.</summary>
    public async Task<Outcome<ImportResult>> ImportAsync(
        IAsyncEnumerable<byte[]> mails, string? mailbox, bool notices, IProgress<ImportResult>? progress = null, CancellationToken cancel = default)
    {
        var (found, mailboxId, allowed) = await MailboxAsync(mailbox, cancel);
        if (!found) return Faults.Of("mailbox", $"There is no mailbox \"{mailbox}\".");
        var started = time.GetTimestamp();
        await processor.ProcessWaitingAsync(cancel); // what an import that was broken off stored and didn't decide
        var result = new ImportResult(0, 0, 0, 0, 0, 0);
        var batch = new List<byte[]>();
        var bytes = 0L;
        await foreach (var raw in mails.WithCancellation(cancel))
        {
            var fits = raw.Length > 0 && raw.Length <= options.MaxMessageBytes;
            result = result with { Read = result.Read + 1, Skipped = result.Skipped + (fits ? 0 : 1) };
            if (!fits) continue;
            batch.Add(raw);
            bytes += raw.Length;
            if (batch.Count < MailProcessor.BatchMails && bytes < MailProcessor.BatchBytes) continue;
            await FlushAsync();
        }
        await FlushAsync();
        return result with { Seconds = time.GetElapsedTime(started).TotalSeconds };

        async Task FlushAsync()
        {
            var decided = await processor.TakeAsync([.. batch.AsParallel().AsOrdered().Select(raw => IncomingMail.New(raw, MailSourceKind.Import, mailboxId, notices && allowed))], null, cancel);
            result = result with
            {
                Stored = result.Stored + batch.Count,
                Decided = result.Decided + decided.Decided,
                Quarantined = result.Quarantined + decided.Quarantined,
                Seconds = time.GetElapsedTime(started).TotalSeconds,
            };
            progress?.Report(result);
            batch.Clear();
            bytes = 0;
        }
    }

    /// <summary>Without a mailbox nobody has switched notices off.</summary>
    private async Task<(bool Found, long? Id, bool Notices)> MailboxAsync(string? name, CancellationToken cancel)
    {
        if (name is null) return (true, null, true);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var mailbox = await db.Mailboxes.Where(row => row.Name == name).Select(row => new { row.Id, row.Notices }).FirstOrDefaultAsync(cancel);
        return (mailbox is not null, mailbox?.Id, mailbox?.Notices ?? false);
    }
}

/// <summary>What an import did so far. Skipped: empty or too large.</summary>
public sealed record ImportResult(int Read, int Stored, int Decided, int Quarantined, int Skipped, double Seconds)
{
    public double PerSecond => Seconds > 0 ? Math.Round(Decided / Seconds, 1) : 0;
}
