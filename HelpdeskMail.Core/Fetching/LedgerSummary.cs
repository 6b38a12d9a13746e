namespace HelpdeskMail.Core.Fetching;

/// <summary>A mailbox's ledger in figures. Those of the ledger are counted from its rows at the moment of asking, those of the server are from
/// <see cref="CountedAt"/>.</summary>
/// <param name="InFolder">Messages in the folder; null before the first fetch.</param>
/// <param name="InArchive">Messages of ours in the archive folder.</param>
/// <param name="Counts">Rows by state and reason.</param>
public sealed record LedgerSummary(int? InFolder, int InArchive, DateTime? CountedAt, IReadOnlyList<LedgerCount> Counts)
{
    /// <summary>What the server holds: the folder, and what went from it to the archive folder.</summary>
    public int OnServer => (InFolder ?? 0) + InArchive;

    /// <summary>Messages that the server ever showed.</summary>
    public int Total => Counts.Sum(row => row.Count);

    /// <summary>Seen or stored, not decided yet.</summary>
    public int Waiting => Of(LedgerState.Seen) + Of(LedgerState.Stored);

    /// <summary>Their fate is settled: decided, acknowledged, quarantined or skipped.</summary>
    public int Accounted => Total - Waiting;

    public int Quarantined => Of(LedgerState.Quarantined);

    public int Skipped => Of(LedgerState.Skipped);

    public int Of(LedgerState state) => Counts.Where(row => row.State == state).Sum(row => row.Count);
}

public sealed record LedgerCount(LedgerState State, string? Reason, int Count);
