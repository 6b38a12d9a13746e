namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>One thing a matching filter does.</summary>
/// <param name="Set">queue, priority, state, owner, customer, tag, ignore, noAutoReply "field:NAME" or "header:NAME".</param>
/// <param name="Value">May hold captured groups of the filter's regular expressions: ${1}, ${name}.</param>
public sealed record FilterAction(string Set, string Value);
