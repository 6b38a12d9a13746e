using System.Text.RegularExpressions;

namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>A filter that matched a mail, with what its regular expressions captured.</summary>
/// <param name="Because">The conditions that held and what they saw, for people.</param>
internal sealed partial record FilterMatching(Filter Filter, string Because, IReadOnlyDictionary<string, string> Groups)
{
    /// <summary>An action's value with the captured groups filled in: ${1}, ${name}. What wasn't captured is empty.</summary>
    public string Fill(string value) => value.Contains("${", StringComparison.Ordinal) ? Placeholder().Replace(value, match => Groups.GetValueOrDefault(match.Groups["name"].Value, "")) : value;

    [GeneratedRegex(@"\$\{(?<name>\w+)\}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
