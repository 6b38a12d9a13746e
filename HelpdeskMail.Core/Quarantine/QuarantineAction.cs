namespace HelpdeskMail.Core.Quarantine;

/// <summary>What a person does with a mail in quarantine: a closed family, applied by <see cref="QuarantineActions"/>.</summary>
public abstract record QuarantineAction
{
    private QuarantineAction()
    {
    }

    /// <summary>Decide again; a mail that was held back on its server is fetched again.</summary>
    /// <param name="MaxMegabytes">Take it nevertheless, up to this size; null: within the limit.</param>
    public sealed record Retry(int? MaxMegabytes = null) : QuarantineAction;

    public sealed record Accept(long QueueId) : QuarantineAction;

    /// <param name="TicketNumber">As people quote it.</param>
    public sealed record Append(string TicketNumber) : QuarantineAction;

    /// <summary>Turn it away and tell its sender.</summary>
    /// <param name="Text">What the notice says; empty: its standard text.</param>
    public sealed record Reject(string? Text) : QuarantineAction;

    /// <summary>Its bytes go; the ledger keeps its row. The copy on the server is not touched.</summary>
    public sealed record Delete : QuarantineAction;
}

/// <summary>What came of an action for one item.</summary>
/// <param name="Fault">Why nothing was done; null: it was.</param>
/// <param name="Open">Whether it (still) waits.</param>
/// <param name="Text">How it stands, for people.</param>
public sealed record QuarantineResult(long Id, string? Fault, bool Open, string Text, long? TicketId);
