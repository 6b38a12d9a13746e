namespace HelpdeskMail.Core.Fetching;

/// <summary>In what a server and the ledger can differ. Stored: rename never.</summary>
public enum LedgerDifferenceKind
{
    /// <summary>On the server, not in the ledger: the next fetch takes it.</summary>
    NewOnServer,

    /// <summary>On the server, not in the ledger: the next fetch will leave it out by the mailbox's first-fetch rule.</summary>
    WillBeSkipped,

    /// <summary>On the server under a new number (UIDVALIDITY changed); the ledger knows it by its old one.</summary>
    Renumbered,

    /// <summary>In the ledger as waiting, gone from the server before its bytes were ours.</summary>
    WaitingGone,

    /// <summary>Its bytes are ours, but it left the folder before we moved, deleted or marked it.</summary>
    LeftEarly,

    /// <summary>Acknowledged by moving or deleting it, yet in the folder.</summary>
    StillThere,

    /// <summary>Acknowledged, and in neither folder any more: moved or deleted by somebody.</summary>
    MovedByPeople,

    /// <summary>Quarantined, and its copy still in the folder.</summary>
    QuarantinedThere,

    /// <summary>Held back on the server by quarantine, and gone from it: its bytes were never ours.</summary>
    QuarantinedGone,
}
