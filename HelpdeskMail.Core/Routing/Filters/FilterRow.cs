namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>A filter in the list.</summary>
/// <param name="Position">When it runs among all: 1 is the first.</param>
public sealed record FilterRow(int Position, Filter Filter, IReadOnlyList<FilterAdvice> Advice);
