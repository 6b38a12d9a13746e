namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>What the filter form edits. Id null: a new one.</summary>
public sealed class FilterDraft
{
    public long? Id { get; set; }

    public string Name { get; set; } = "";

    public int Order { get; set; }

    public bool Stop { get; set; }

    public FilterMatch Match { get; set; }

    public List<FilterCondition> Conditions { get; set; } = [];

    public List<FilterAction> Actions { get; set; } = [];

    public static FilterDraft Of(Filter filter) => new()
    {
        Id = filter.Id,
        Name = filter.Name,
        Order = filter.Order,
        Stop = filter.Stop,
        Match = filter.Match,
        Conditions = [.. filter.Conditions],
        Actions = [.. filter.Actions],
    };

    /// <summary>The filter that it would be, to be tried.</summary>
    internal Filter ToFilter() => new() { Id = Id ?? 0, Name = Name, Order = Order, Stop = Stop, Match = Match, Conditions = [.. Conditions], Actions = [.. Actions] };
}
