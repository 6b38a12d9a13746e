namespace HelpdeskMail.Core.Deliveries;

/// <summary>What the list of undelivered mail shows, newest first. Null fields don't restrict.</summary>
public sealed record NewsFilter
{
    public NewsState? State { get; init; } = NewsState.Open;

    /// <summary>Looked for in the addresses; a whole address is found at once.</summary>
    public string? Address { get; init; }

    /// <summary>Only mail of this user.</summary>
    public string? AuthorId { get; init; }

    /// <summary>Only what comes after the news with this id.</summary>
    public long? After { get; init; }

    public int PageSize { get; init; } = 50;
}
