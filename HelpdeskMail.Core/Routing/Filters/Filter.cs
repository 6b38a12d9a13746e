namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>A rule over incoming mail (O5): conditions and what to do when they hold.</summary>
public sealed class Filter
{
    public long Id { get; set; }

    /// <summary>Unique; filters of equal <see cref="Order"/> run by it, alphabetically.</summary>
    public required string Name { get; set; }

    public int Order { get; set; }

    /// <summary>After a match no further filter is tried.</summary>
    public bool Stop { get; set; }

    public FilterMatch Match { get; set; }

    public List<FilterCondition> Conditions { get; set; } = [];

    public List<FilterAction> Actions { get; set; } = [];
}
