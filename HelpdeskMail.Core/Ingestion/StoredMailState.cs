namespace HelpdeskMail.Core.Ingestion;

public enum StoredMailState
{
    Stored,
    Decided,
    Quarantined,
}
