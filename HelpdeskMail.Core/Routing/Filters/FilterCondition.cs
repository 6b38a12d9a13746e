namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>One question about a mail.</summary>
/// <param name="Field">A header's name, "body", "attachmentCount" or "recipient".</param>
/// <param name="Negate">The condition holds when the comparison doesn't.</param>
/// <param name="Value">What to compare with; for a regular expression its pattern; empty for "exists".</param>
public sealed record FilterCondition(string Field, FilterOperator Operator, bool Negate, string Value);
