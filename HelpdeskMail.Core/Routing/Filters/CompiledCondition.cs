using System.Text.RegularExpressions;

namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>A condition ready to be asked. A header that occurs several times holds a condition when one of its values does.</summary>
/// <param name="condition">The question.</param>
/// <param name="literals">What conditions on the field require, which this one's is added to; null: it is asked always.</param>
internal sealed class CompiledCondition(FilterCondition condition, FieldLiterals? literals = null)
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Multiline;

    private readonly Lazy<Regex> regex = new(() => new Regex(condition.Value, Options)); // building one takes longer than asking it
    private readonly int[][]? required = literals?.Add(condition);

    public FilterCondition Condition { get; } = condition;

    /// <summary>What must be there for the condition to hold, at its cheapest: of what the fewest conditions require; null: it may hold anyway.</summary>
    public FilterGate? Gate => Condition.Negate || required is null ? null : new(literals!, required.MinBy(literals!.Uses)!);

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

    /// <summary>Whether it is certain, without comparing, that the condition doesn't hold.</summary>
    public bool CannotHold(FilterMail mail) => !Condition.Negate && Lacks(mail);

    /// <param name="mail">The mail.</param>
    /// <param name="groups">Gets the captured groups of a regular expression that matches.</param>
    /// <param name="seen">What was compared, for the trace.</param>
    public bool Holds(FilterMail mail, ref Dictionary<string, string>? groups, out string? seen)
    {
        seen = null;
        if (Lacks(mail))
        {
            seen = mail.Texts(Condition.Field) is [var first, ..] ? first : null;
            return Condition.Negate;
        }
        var holds = false;
        foreach (var text in mail.Texts(Condition.Field))
        {
            seen ??= text;
            if (!Matches(text, ref groups)) continue;
            (holds, seen) = (true, text);
            break;
        }
        return holds != Condition.Negate;
    }

    private bool Lacks(FilterMail mail)
    {
        if (required is null || mail.Found(literals!) is not { } found) return false;
        foreach (var texts in required)
        {
            if (!Any(texts, found)) return true;
        }
        return false;
    }

    private static bool Any(int[] texts, bool[] found)
    {
        foreach (var text in texts)
        {
            if (found[text]) return true;
        }
        return false;
    }

    private bool Matches(string text, ref Dictionary<string, string>? groups)
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
                if (match.Success && !Condition.Negate) Take(match, groups ??= new(StringComparer.OrdinalIgnoreCase));
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
