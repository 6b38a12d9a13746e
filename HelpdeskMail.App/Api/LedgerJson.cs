using HelpdeskMail.Core.Fetching;

namespace HelpdeskMail.App.Api;

/// <param name="Total">Rows that the filter matches; null with "q", which nothing counts.</param>
/// <param name="SearchedTo">With "q": looking ended here, "next" goes on.</param>
internal sealed record LedgerListing(LedgerSummaryJson Summary, IReadOnlyList<LedgerJson> Items, int? Total, string? Next, DateTime? SearchedTo);

/// <param name="OnServer">What the server holds, by the fetch or reconcile at <paramref name="CountedAt"/>: <paramref name="InFolder"/> + <paramref name="InArchive"/>.</param>
/// <param name="InFolder">Messages in the mailbox's folder; null before the first fetch.</param>
/// <param name="InArchive">Mails that were moved from it to the archive folder and, by the last reconcile, are there.</param>
/// <param name="Listed">Messages that the server ever showed: the ledger's rows. Listed = Accounted + Waiting.</param>
/// <param name="Accounted">Those whose fate is settled: decided, acknowledged, quarantined or skipped.</param>
/// <param name="Waiting">Those seen or stored and not decided yet.</param>
/// <param name="SkippedBy">Skipped ones by reason.</param>
/// <param name="QuarantinedBy">Quarantined ones by reason.</param>
/// <param name="Reconciled">What the last reconcile found; null: there was none.</param>
internal sealed record LedgerSummaryJson(
    int OnServer, int? InFolder, int InArchive, DateTime? CountedAt, int Listed, int Accounted, int Waiting, int Decided, int Acknowledged, int Quarantined, int Skipped,
    IReadOnlyDictionary<string, int> SkippedBy, IReadOnlyDictionary<string, int> QuarantinedBy, ReconciledJson? Reconciled)
{
    public static LedgerSummaryJson Of(LedgerSummary summary, Reconciliation? last) => new(
        summary.OnServer, summary.InFolder, summary.InArchive, summary.CountedAt, summary.Total, summary.Accounted, summary.Waiting, summary.Of(LedgerState.Decided), summary.Of(LedgerState.Acknowledged),
        summary.Quarantined, summary.Skipped, By(summary, LedgerState.Skipped), By(summary, LedgerState.Quarantined), last is null ? null : ReconciledJson.Of(last));

    private static Dictionary<string, int> By(LedgerSummary summary, LedgerState state) =>
        summary.Counts.Where(row => row.State == state && row.Reason is not null).ToDictionary(row => ReasonJson.Written(row.Reason!), row => row.Count, StringComparer.Ordinal);
}

internal sealed record LedgerJson(
    long Id, string Identity, LedgerState State, string? Reason, string? Detail, LedgerPlace? Place, long Size, string? Subject, long? TicketId, string? TicketNumber, long? StoredMailId, long? QuarantineId,
    DateTime? ReceivedAt, DateTime SeenAt, DateTime? StoredAt, DateTime? DecidedAt, DateTime? AcknowledgedAt)
{
    public static LedgerJson Of(LedgerRow row)
    {
        var entry = row.Entry;
        return new(
            entry.Id, entry.Identity, entry.State, entry.Reason is { } reason ? ReasonJson.Written(reason) : null, entry.Detail, entry.Place, entry.Size, entry.Subject, entry.TicketId, row.TicketNumber, entry.StoredMailId, row.QuarantineId,
            entry.ReceivedAt, entry.SeenAt, entry.StoredAt, entry.DecidedAt, entry.AcknowledgedAt);
    }
}

/// <summary>InFolder = Accounted + Waiting + Unknown.</summary>
internal sealed record ReconciledJson(DateTime At, string By, int InFolder, int Accounted, int Waiting, int Unknown, int? InArchive, IReadOnlyList<LedgerDifference> Differences)
{
    public static ReconciledJson Of(Reconciliation found) =>
        new(found.At, found.ActorName, found.InFolder, found.Accounted, found.Waiting, found.Unknown, found.InArchive, found.Differences);
}

internal sealed record ReconciliationJson(ReconciledJson Reconciled, LedgerSummaryJson Summary)
{
    public static ReconciliationJson Of(Reconciliation found, LedgerSummary summary) => new(ReconciledJson.Of(found), LedgerSummaryJson.Of(summary, found));
}
