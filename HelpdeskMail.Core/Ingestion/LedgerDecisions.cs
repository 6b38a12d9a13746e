using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>Carries decisions over to the ledger, in the transaction that decided: two statements for a batch.</summary>
internal static class LedgerDecisions
{
    public static async Task WriteAsync(HelpdeskDb db, IReadOnlyList<(long StoredMailId, Decision Decision)> decisions, DateTime now, bool byHand, CancellationToken cancel)
    {
        var decided = Ids(decisions.Where(item => item.Decision.Kind != DecisionKind.Quarantine));
        if (decided.Length > 0)
        {
            await db.Ledger.Where(entry => EF.Parameter(decided).Contains(entry.StoredMailId) && (entry.State == LedgerState.Stored || entry.State == LedgerState.Quarantined)).ExecuteUpdateAsync(
                set => set.SetProperty(entry => entry.State, LedgerState.Decided).SetProperty(entry => entry.DecidedAt, now).SetProperty(entry => entry.Reason, (string?)null)
                    .SetProperty(entry => entry.TicketId, entry => db.StoredMails.Where(mail => mail.Id == entry.StoredMailId).Select(mail => mail.TicketId).FirstOrDefault()),
                cancel);
            // What was held is off the server's folder by now; only where it ended up is new.
            if (byHand)
            {
                await db.Ledger.Where(entry => EF.Parameter(decided).Contains(entry.StoredMailId) && entry.State == LedgerState.Acknowledged).ExecuteUpdateAsync(
                    set => set.SetProperty(entry => entry.DecidedAt, now)
                        .SetProperty(entry => entry.TicketId, entry => db.StoredMails.Where(mail => mail.Id == entry.StoredMailId).Select(mail => mail.TicketId).FirstOrDefault()),
                    cancel);
            }
        }
        foreach (var group in decisions.Where(item => item.Decision.Kind == DecisionKind.Quarantine).GroupBy(item => item.Decision.Reason))
        {
            var aside = Ids(group);
            var reason = group.Key.ToString();
            await db.Ledger.Where(entry => EF.Parameter(aside).Contains(entry.StoredMailId) && entry.State == LedgerState.Stored).ExecuteUpdateAsync(
                set => set.SetProperty(entry => entry.State, LedgerState.Quarantined).SetProperty(entry => entry.DecidedAt, now).SetProperty(entry => entry.Reason, reason),
                cancel);
        }
    }

    private static long?[] Ids(IEnumerable<(long StoredMailId, Decision)> items) => [.. items.Select(item => (long?)item.StoredMailId)];
}
