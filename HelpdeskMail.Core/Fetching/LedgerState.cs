namespace HelpdeskMail.Core.Fetching;

public enum LedgerState
{
    Seen,
    Stored,
    Decided,
    Acknowledged,
    Quarantined,
    Skipped,
}
