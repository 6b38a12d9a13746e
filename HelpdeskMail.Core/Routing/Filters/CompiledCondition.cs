using System.Text.RegularExpressions;

namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>A condition ready to be asked. A header that occurs several times holds a condition when one of its values does.</summary>
internal sealed class CompiledCondition(FilterCondition condition)
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Multiline;

    private readonly Lazy<Regex> regex = new(() => new Regex(condition.Value, Options)); // building one takes longer than asking it

    public FilterCondition Condition { get; } = condition;

    /// <summary>The fault of a pattern; null: it is fine.</summary>
    public static string? Fault(string pattern)
    {
        try
        {
            _ = new Regex(pattern, Options);
            return null;
        }
        catch (ArgumentException error)
        {
            return $"Not a regular expression: {error.Message}";
        }
        catch (NotSupportedException)
        {
            return "Look-around, back-references and atomic groups are not possible: filters use expressions that can't run wild.";
        }
    }

    /// <param name="groups">Gets the captured groups of a regular expression that matches.</param>
    /// <param name="seen">What was compared, for the trace.</param>
    public bool Holds(FilterMail mail, Dictionary<string, string> groups, out string? seen)
    {
        seen = null;
        var holds = false;
        foreach (var text in mail.Texts(Condition.Field))
        {
            seen ??= text;
            if (!Matches(text, groups)) continue;
            (holds, seen) = (true, text);
            break;
        }
        return holds != Condition.Negate;
    }

    private bool Matches(string text, Dictionary<string, string> groups)
    {
        var value = Condition.Value;
        switch (Condition.Operator)
        {
            case FilterOperator.Exists:
                return true;
            case FilterOperator.Contains:
                return text.Contains(value, StringComparison.OrdinalIgnoreCase);
            case FilterOperator.Equals:
                return text.Trim().Equals(value.Trim(), StringComparison.OrdinalIgnoreCase);
            case FilterOperator.StartsWith:
                return text.AsSpan().TrimStart().StartsWith(value, StringComparison.OrdinalIgnoreCase);
            case FilterOperator.EndsWith:
                return text.AsSpan().TrimEnd().EndsWith(value, StringComparison.OrdinalIgnoreCase);
            case FilterOperator.Regex:
                var match = regex.Value.Match(text);
                if (match.Success && !Condition.Negate) Take(match, groups);
                return match.Success;
            default:
                throw new InvalidOperationException($"Unknown operator {Condition.Operator}.");
        }
    }

    private static void Take(Match match, Dictionary<string, string> groups)
    {
        foreach (Group group in match.Groups)
        {
            if (group.Success && group.Name != "0") groups[group.Name] = group.Value;
        }
    }
}
