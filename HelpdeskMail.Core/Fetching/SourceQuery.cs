namespace HelpdeskMail.Core.Fetching;

/// <summary>What to list. Null fields don't restrict.</summary>
/// <param name="AfterNumber">Only UIDs above this one.</param>
/// <param name="UnreadOnly">Only messages without \Seen.</param>
/// <param name="Since">Only messages received on or after this day.</param>
public sealed record SourceQuery(long? AfterNumber = null, bool UnreadOnly = false, DateTime? Since = null)
{
    public static SourceQuery Everything { get; } = new();
}
