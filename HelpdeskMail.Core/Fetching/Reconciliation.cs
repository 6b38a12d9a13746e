namespace HelpdeskMail.Core.Fetching;

/// <summary>What the last comparison of a mailbox's ledger with its server found; one row a mailbox.
/// <see cref="InFolder"/> = <see cref="Accounted"/> + <see cref="Waiting"/> + <see cref="Unknown"/>.</summary>
public sealed class Reconciliation
{
    public long MailboxId { get; set; }

    public DateTime At { get; set; }

    public string ActorName { get; set; } = "";

    /// <summary>Messages in the folder then.</summary>
    public int InFolder { get; set; }

    /// <summary>Those of them whose fate is settled in the ledger.</summary>
    public int Accounted { get; set; }

    /// <summary>Those of them that the ledger knows and that are not decided yet.</summary>
    public int Waiting { get; set; }

    /// <summary>Those of them that the ledger doesn't know.</summary>
    public int Unknown { get; set; }

    /// <summary>Acknowledged mails that were found in the archive folder; null where the mailbox has none.</summary>
    public int? InArchive { get; set; }

    /// <summary>Identity scope of the folder then (UIDVALIDITY); 0 for POP3.</summary>
    public long Validity { get; set; }

    public List<LedgerDifference> Differences { get; set; } = [];
}

/// <param name="Count">All of that kind.</param>
/// <param name="Examples">The first of them.</param>
public sealed record LedgerDifference(LedgerDifferenceKind Kind, int Count, IReadOnlyList<LedgerDifferenceItem> Examples);

/// <param name="EntryId">The ledger row; null where it has none.</param>
public sealed record LedgerDifferenceItem(long? EntryId, string Identity, long Size, DateTime? ReceivedAt, string? Subject);
