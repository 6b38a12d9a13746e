using HelpdeskMail.Core.Ingestion;

namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>A filter ready to be asked.</summary>
internal sealed class CompiledFilter(Filter filter)
{
    private const int MaxSeen = 80;

    private readonly List<CompiledCondition> conditions = filter.Conditions.ConvertAll(condition => new CompiledCondition(condition));

    public Filter Filter { get; } = filter;

    /// <summary>Null: it doesn't match.</summary>
    public FilterMatching? Match(FilterMail mail)
    {
        var groups = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string? because = null;
        foreach (var condition in conditions)
        {
            var holds = condition.Holds(mail, groups, out var seen);
            if (holds) because = because is null ? Say(condition.Condition, seen) : $"{because}; {Say(condition.Condition, seen)}";
            if (!holds && Filter.Match == FilterMatch.All) return null;
            if (holds && Filter.Match == FilterMatch.Any) break;
        }
        return because is null ? null : new FilterMatching(Filter, because, groups);
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
