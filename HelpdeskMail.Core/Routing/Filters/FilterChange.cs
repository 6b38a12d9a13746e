namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>A line of the filters' history (G10): what a filter was before and after, so that a change can be undone.</summary>
public sealed class FilterChange
{
    public long Id { get; set; }

    /// <summary>The filter's name after the change, or before it was removed.</summary>
    public required string Name { get; set; }

    public DateTime At { get; set; }

    public required string ActorName { get; set; }

    /// <summary>The filter as in the configuration file; null: it was new.</summary>
    public string? Before { get; set; }

    /// <summary>Null: it was removed.</summary>
    public string? After { get; set; }
}
