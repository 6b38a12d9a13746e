namespace HelpdeskMail.Core.Ingestion;

public enum DecisionKind
{
    CreateTicket,
    AppendToTicket,
    RecordBounce,

    /// <summary>Any other report on a sent mail: a delay, a delivery, a receipt, a complaint.</summary>
    RecordReport,
    HoldAsContactRequest,
    Refuse,
    Ignore,
    Quarantine,
}
