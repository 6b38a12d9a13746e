using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>Carries fetched mails over to their ledger rows, in the transaction that stores them. The rows are known by id, so that each is written once.</summary>
internal static class LedgerRows
{
    private static readonly string[] StoredColumns =
        [nameof(LedgerEntry.State), nameof(LedgerEntry.StoredAt), nameof(LedgerEntry.StoredMailId), nameof(LedgerEntry.Size), nameof(LedgerEntry.Subject)];

    private static readonly string[] DecidedColumns = [.. StoredColumns, nameof(LedgerEntry.DecidedAt), nameof(LedgerEntry.Reason), nameof(LedgerEntry.TicketId)];

    /// <summary>Which of the mails' ledger rows still wait for their bytes.</summary>
    public static async Task<HashSet<long>> SeenAsync(HelpdeskDb db, IEnumerable<IncomingMail> mails, CancellationToken cancel)
    {
        var ids = mails.Select(mail => mail.Entry).OfType<LedgerEntry>().Select(entry => entry.Id).ToArray();
        if (ids.Length == 0) return [];
        return [.. await db.Ledger.Where(entry => EF.Parameter(ids).Contains(entry.Id) && entry.State == LedgerState.Seen).Select(entry => entry.Id).ToListAsync(cancel)];
    }

    public static Task StoredAsync(HelpdeskDb db, IEnumerable<IncomingMail> mails, DateTime now, CancellationToken cancel) =>
        BulkRows.UpdateAsync(db, [.. mails.Select(mail => Row(mail, LedgerState.Stored, now)).OfType<LedgerEntry>()], StoredColumns, cancel);

    public static Task DecidedAsync(HelpdeskDb db, IEnumerable<(IncomingMail Incoming, Decision Decision, long? TicketId)> decisions, DateTime now, CancellationToken cancel)
    {
        var rows = new List<LedgerEntry>();
        foreach (var (incoming, decision, ticket) in decisions)
        {
            var aside = decision.Kind == DecisionKind.Quarantine;
            if (Row(incoming, aside ? LedgerState.Quarantined : LedgerState.Decided, now) is not { } row) continue;
            (row.DecidedAt, row.Reason, row.TicketId) = (now, aside ? decision.Reason.ToString() : null, aside ? null : ticket);
            rows.Add(row);
        }
        return BulkRows.UpdateAsync(db, rows, DecidedColumns, cancel);
    }

    private static LedgerEntry? Row(IncomingMail incoming, LedgerState state, DateTime now)
    {
        if (incoming.Entry is not { } row) return null;
        (row.State, row.StoredAt, row.StoredMailId) = (state, now, incoming.StoredMailId);
        return row;
    }
}
