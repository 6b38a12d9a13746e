using HelpdeskMail.Core.Ingestion;

namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>Looks at filters without any mail: which can never match, and which can't do what they say.</summary>
/// <param name="filters">All of them, in whatever order.</param>
/// <param name="queues">Names of the queues there are.</param>
/// <param name="users">Addresses of the users there are.</param>
internal sealed class FilterAdvisor(IEnumerable<Filter> filters, IEnumerable<string> queues, IEnumerable<string> users)
{
    private readonly List<Filter> filters = [.. FilterSet.InOrder(filters)];
    private readonly HashSet<string> queues = new(queues, StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> users = new(users, StringComparer.OrdinalIgnoreCase);

    /// <param name="filter">One of the filters.</param>
    public IReadOnlyList<FilterAdvice> Of(Filter filter)
    {
        var advice = new List<FilterAdvice>();
        if (Contradiction(filter) is { } field) advice.Add(new(FilterAdviceKind.Contradiction, field));
        else if (Shadow(filter) is { } earlier) advice.Add(new(FilterAdviceKind.Shadowed, earlier.Name));
        foreach (var action in filter.Actions.Where(action => !action.Value.Contains("${", StringComparison.Ordinal)))
        {
            if (Is(action, FilterActions.Queue) && !queues.Contains(action.Value.Trim())) advice.Add(new(FilterAdviceKind.QueueGone, action.Value));
            if (Is(action, FilterActions.Owner) && !users.Contains(action.Value.Trim())) advice.Add(new(FilterAdviceKind.OwnerGone, action.Value));
        }
        return advice;
    }

    private static string? Contradiction(Filter filter)
    {
        if (filter.Match != FilterMatch.All) return null;
        for (var i = 0; i < filter.Conditions.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (ConditionLogic.Contradict(filter.Conditions[i], filter.Conditions[j])) return filter.Conditions[i].Field;
            }
        }
        return null;
    }

    /// <summary>The first that stops and matches whenever this one would. What filters set on the way may differ between the two, so such fields tell nothing.</summary>
    private Filter? Shadow(Filter filter)
    {
        var set = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var earlier = filters.TakeWhile(other => !ReferenceEquals(other, filter)).ToList();
        foreach (var action in earlier.SelectMany(other => other.Actions).Where(action => action.Set.StartsWith(FilterActions.Header, StringComparison.OrdinalIgnoreCase))) set.Add(action.Set[FilterActions.Header.Length..]);
        foreach (var action in earlier.SelectMany(other => other.Actions).Where(action => action.Set.StartsWith(FilterActions.Field, StringComparison.OrdinalIgnoreCase))) set.Add(CommandHeaders.FieldHeader(action.Set[FilterActions.Field.Length..]));
        List<FilterCondition>[] cases = filter.Match == FilterMatch.All ? [Certain(filter.Conditions)] : [.. filter.Conditions.Select(condition => Certain([condition]))];
        return earlier.Find(other => other.Stop && other.Conditions.Count > 0 && Array.TrueForAll(cases, given => Follows(given, other)));

        List<FilterCondition> Certain(List<FilterCondition> conditions) => conditions.FindAll(condition => !set.Contains(condition.Field));
    }

    private static bool Follows(List<FilterCondition> given, Filter other) => other.Match == FilterMatch.All
        ? other.Conditions.TrueForAll(wanted => given.Exists(condition => ConditionLogic.Implies(condition, wanted)))
        : other.Conditions.Exists(wanted => given.Exists(condition => ConditionLogic.Implies(condition, wanted)));

    private static bool Is(FilterAction action, string set) => action.Set.Equals(set, StringComparison.OrdinalIgnoreCase);
}
