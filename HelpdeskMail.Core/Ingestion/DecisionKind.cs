namespace HelpdeskMail.Core.Ingestion;

public enum DecisionKind
{
    CreateTicket,
    AppendToTicket,
    RecordBounce,
    HoldAsContactRequest,
    Refuse,
    Ignore,
    Quarantine,
}
