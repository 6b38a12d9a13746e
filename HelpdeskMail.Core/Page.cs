namespace HelpdeskMail.Core;

/// <summary>One page of a list.</summary>
/// <param name="Total">Rows that the filter matches.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total);
