using HelpdeskMail.Core.Ingestion;

namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>A filter ready to be asked.</summary>
/// <param name="filter">The rule.</param>
/// <param name="literals">What is looked for in a field for all filters of a set at once; null: each condition is asked for itself.</param>
internal sealed class CompiledFilter(Filter filter, Func<string, FieldLiterals>? literals = null)
{
    private const int MaxSeen = 80;

    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    private readonly List<CompiledCondition> conditions = filter.Conditions.ConvertAll(condition => new CompiledCondition(condition, literals?.Invoke(condition.Field)));

    public Filter Filter { get; } = filter;

    /// <summary>A mail that opens none of these doesn't match; null: it may. To be asked when all filters of the set are compiled.</summary>
    public IReadOnlyList<FilterGate>? Gates()
    {
        List<FilterGate> gates = [.. conditions.Select(condition => condition.Gate).OfType<FilterGate>()];
        if (Filter.Match == FilterMatch.Any) return gates.Count == conditions.Count ? gates : null;
        return gates.MinBy(gate => gate.Literals.Uses(gate.Texts)) is { } narrowest ? [narrowest] : null;
    }

    /// <summary>Null: it doesn't match.</summary>
    public FilterMatching? Match(FilterMail mail)
    {
        if (Filter.Match == FilterMatch.All && CannotMatch(mail)) return null;
        Dictionary<string, string>? groups = null;
        string? because = null;
        foreach (var condition in conditions)
        {
            var holds = condition.Holds(mail, ref groups, out var seen);
            if (holds) because = because is null ? Say(condition.Condition, seen) : $"{because}; {Say(condition.Condition, seen)}";
            if (!holds && Filter.Match == FilterMatch.All) return null;
            if (holds && Filter.Match == FilterMatch.Any) break;
        }
        return because is null ? null : new FilterMatching(Filter, because, groups ?? None);
    }

    private bool CannotMatch(FilterMail mail)
    {
        foreach (var condition in conditions)
        {
            if (condition.CannotHold(mail)) return true;
        }
        return false;
    }

    private static string Say(FilterCondition condition, string? seen)
    {
        var what = $"{condition.Field} {(condition.Negate ? "not " : "")}{Word(condition.Operator)}{(condition.Operator == FilterOperator.Exists ? "" : $" \"{condition.Value}\"")}";
        return seen is null || condition.Field.Equals(FilterMail.Body, StringComparison.OrdinalIgnoreCase) ? what : $"{what} (it is \"{MailText.Line(seen, MaxSeen)}\")";
    }

    private static string Word(FilterOperator comparison) => comparison switch
    {
        FilterOperator.Contains => "contains",
        FilterOperator.Equals => "equals",
        FilterOperator.StartsWith => "starts with",
        FilterOperator.EndsWith => "ends with",
        FilterOperator.Regex => "matches",
        FilterOperator.Exists => "exists",
        _ => throw new InvalidOperationException($"Unknown operator {comparison}."),
    };
}
