namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>Points out that a filter can never match, or can't do what it says (G10).</summary>
/// <param name="Subject">The filter in its way, the field of the conditions, the queue or the address.</param>
public sealed record FilterAdvice(FilterAdviceKind Kind, string Subject);
