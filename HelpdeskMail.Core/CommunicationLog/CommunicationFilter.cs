namespace HelpdeskMail.Core.CommunicationLog;

/// <summary>What the communication log shows. Null fields don't restrict.</summary>
public sealed record CommunicationFilter
{
    public DateTime? From { get; init; }

    public DateTime? To { get; init; }

    /// <summary>Looked for in account, sender, recipient, subject and summary, by <see cref="CommunicationQueries.SearchAsync"/>.</summary>
    public string? Text { get; init; }

    public string? Account { get; init; }

    public CommunicationKind? Kind { get; init; }

    public CommunicationDirection? Direction { get; init; }

    public CommunicationStatus? Status { get; init; }

    /// <summary>This level and all higher.</summary>
    public LogLevels? Level { get; init; }

    /// <summary>Messages that came or went over this connection.</summary>
    public long? ConnectionId { get; init; }

    public CommunicationSort Sort { get; init; }

    public bool Ascending { get; init; }

    /// <summary>Only what comes after this row; for the default order (newest first) and page 1.</summary>
    public ListPosition? After { get; init; }

    public int Page { get; init; } = 1;

    public int PageSize { get; init; } = 50;
}
