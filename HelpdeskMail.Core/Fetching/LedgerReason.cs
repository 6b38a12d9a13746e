namespace HelpdeskMail.Core.Fetching;

/// <summary>Why a ledger row is skipped, quarantined or closed without us. Stored: rename never.</summary>
internal static class LedgerReason
{
    /// <summary>It was there before the first fetch and the mailbox's rule left it out.</summary>
    public const string FirstFetch = "FirstFetch";

    /// <summary>Gone from the server before its bytes were ours.</summary>
    public const string Vanished = "Vanished";

    /// <summary>The server numbers the folder anew (UIDVALIDITY); the message stands in the ledger again under its new identity.</summary>
    public const string IdentityChanged = "IdentityChanged";

    /// <summary>The mailbox takes replies only, and it is none.</summary>
    public const string RepliesOnly = "RepliesOnly";

    public const string TooLarge = "TooLarge";

    /// <summary>The server would not hand out this one message; its words are the row's detail.</summary>
    public const string Refused = "Refused";

    /// <summary>Somebody deleted it from quarantine; the row's detail says who.</summary>
    public const string DeletedByHand = "DeletedByHand";

    /// <summary>Somebody turned it away without fetching it; the row's detail says who.</summary>
    public const string RejectedByHand = "RejectedByHand";
}
