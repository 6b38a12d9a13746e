namespace HelpdeskMail.Core.Quarantine;

/// <summary>What the quarantine list shows, newest first. Null fields don't restrict.</summary>
public sealed record QuarantineFilter
{
    /// <summary>False: what is settled.</summary>
    public bool Open { get; init; } = true;

    public string? Reason { get; init; }

    public long? MailboxId { get; init; }

    /// <summary>Looked for in sender, subject and the reason's words.</summary>
    public string? Text { get; init; }

    /// <summary>Only items after the one with this id.</summary>
    public long? After { get; init; }

    public int PageSize { get; init; } = 50;
}
