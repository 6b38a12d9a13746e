namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>How a condition compares; letters' case never counts.</summary>
public enum FilterOperator
{
    Contains,
    Equals,
    StartsWith,
    EndsWith,

    /// <summary>A regular expression without backtracking: linear in the text's length.</summary>
    Regex,
    Exists,
}
