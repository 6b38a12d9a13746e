namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>Whether all of a filter's conditions must hold, or any one.</summary>
public enum FilterMatch
{
    All,
    Any,
}
