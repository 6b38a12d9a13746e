namespace HelpdeskMail.Core.Fetching;

/// <summary>What a mailbox's ledger shows, newest first. Null fields don't restrict.</summary>
public sealed record LedgerFilter
{
    public LedgerState? State { get; init; }

    /// <summary>A name of <see cref="LedgerReason"/> or of a decision's reason.</summary>
    public string? Reason { get; init; }

    /// <summary>A ticket's number, an identity, or words of the subject.</summary>
    public string? Text { get; init; }

    /// <summary>When the server showed it first.</summary>
    public DateTime? From { get; init; }

    public DateTime? To { get; init; }

    public ListPosition? After { get; init; }

    /// <summary>1-based; only without <see cref="After"/>. Going on by position costs the same anywhere, counting pages off does not.</summary>
    public int Page { get; init; } = 1;

    public int PageSize { get; init; } = 50;
}
