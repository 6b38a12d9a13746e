namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>A line of the history, readable.</summary>
/// <param name="Before">Null: the filter was new.</param>
/// <param name="After">Null: it was removed.</param>
public sealed record FilterChangeRow(long Id, string Name, DateTime At, string ActorName, FilterDraft? Before, FilterDraft? After);

/// <param name="Next">Where to go on; null: that was all.</param>
public sealed record FilterHistory(IReadOnlyList<FilterChangeRow> Items, ListPosition? Next);
