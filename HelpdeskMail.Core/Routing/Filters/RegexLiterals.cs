using System.Globalization;
using System.Text;

namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>
/// Finds texts that whatever matches a regular expression must hold, case aside: of <c>(?&lt;what&gt;invoice|bill) no\. \d+</c> one of "invoice" and
/// "bill", and " no. ". It understands what filters are made of; an expression with anything else in it requires nothing.
/// </summary>
internal sealed class RegexLiterals
{
    private const int MaxDepth = 20;

    private readonly string pattern;
    private int at;
    private bool strange;

    private RegexLiterals(string pattern) => this.pattern = pattern;

    /// <param name="pattern">A valid expression, in which spaces count.</param>
    /// <returns>Of each list one text must be there; empty: nothing can be told.</returns>
    public static IReadOnlyList<IReadOnlyList<string>> Of(string pattern)
    {
        var reader = new RegexLiterals(pattern);
        var found = reader.Alternatives(0);
        return reader.strange || reader.at < pattern.Length ? [] : found;
    }

    private List<List<string>> Alternatives(int depth)
    {
        var branches = new List<List<List<string>>>();
        for (strange |= depth > MaxDepth; !strange; at++)
        {
            branches.Add(Branch(depth));
            if (at >= pattern.Length || pattern[at] != '|') break;
        }
        if (branches is [var only]) return only;
        return branches.Count > 0 && branches.TrueForAll(branch => branch.Count > 0) ? [[.. branches.SelectMany(branch => branch.MaxBy(texts => texts.Min(text => text.Length))!)]] : [];
    }

    /// <summary>One after the other: all that must be there.</summary>
    private List<List<string>> Branch(int depth)
    {
        var all = new List<List<string>>();
        var run = new StringBuilder();
        void End()
        {
            if (run.Length > 0) all.Add([run.ToString()]);
            run.Clear();
        }

        while (!strange && at < pattern.Length && pattern[at] is not ('|' or ')'))
        {
            var (literal, group) = Next(depth);
            var least = Repetition();
            if (literal is null || least == 0) End();
            if (literal is { } letter && least != 0) run.Append(letter);
            if (least is not null) End();
            if (group is not null && least != 0) all.AddRange(group);
        }
        End();
        return all;
    }

    private (char? Literal, List<List<string>>? Group) Next(int depth)
    {
        switch (pattern[at])
        {
            case '(':
                return (null, Group(depth));
            case '[':
                SkipSet();
                return default;
            case '\\':
                return (Escaped(), null);
            case '.' or '^' or '$':
                at++;
                return default;
            case '*' or '+' or '?':
                strange = true;
                return default;
            default:
                return (pattern[at++], null);
        }
    }

    private List<List<string>> Group(int depth)
    {
        at++;
        if (at < pattern.Length && pattern[at] == '?' && !SkipName()) strange = true; // options, comments, conditions
        var inner = strange ? [] : Alternatives(depth + 1);
        strange |= at >= pattern.Length || pattern[at] != ')';
        at++;
        return inner;
    }

    /// <summary>"?:", "?&lt;name&gt;" or "?'name'".</summary>
    private bool SkipName()
    {
        if (++at >= pattern.Length) return false;
        if (pattern[at] == ':')
        {
            at++;
            return true;
        }
        var end = pattern[at] switch { '<' => pattern.IndexOf('>', at + 1), '\'' => pattern.IndexOf('\'', at + 1), _ => -1 };
        if (end <= at + 1 || !pattern[(at + 1)..end].All(letter => char.IsLetterOrDigit(letter) || letter == '_')) return false;
        at = end + 1;
        return true;
    }

    private void SkipSet()
    {
        at++;
        if (at < pattern.Length && pattern[at] == '^') at++;
        if (at < pattern.Length && pattern[at] == ']') at++;
        for (; at < pattern.Length && pattern[at] != ']'; at++)
        {
            if (pattern[at] == '\\') at++;
            else if (pattern[at] == '[') strange = true; // one set less another
        }
        strange |= at >= pattern.Length;
        at++;
    }

    /// <returns>Null: not one certain letter.</returns>
    private char? Escaped()
    {
        if (at + 1 >= pattern.Length)
        {
            strange = true;
            return null;
        }
        var letter = pattern[at + 1];
        at += 2;
        switch (letter)
        {
            case 'w' or 'W' or 's' or 'S' or 'd' or 'D' or 'b' or 'B' or 'A' or 'Z' or 'z' or 'G' or 't' or 'n' or 'r' or 'f' or 'v' or 'a' or 'e':
                return null;
            case 'p' or 'P' when pattern.IndexOf('}', at) is > 0 and var end:
                at = end + 1;
                return null;
            default:
                strange |= char.IsLetterOrDigit(letter) || letter == '_';
                return letter;
        }
    }

    /// <returns>How often at the least; null: nothing says so, which is once.</returns>
    private int? Repetition()
    {
        if (strange || at >= pattern.Length) return null;
        int? least = null;
        switch (pattern[at])
        {
            case '*' or '?':
                (least, at) = (0, at + 1);
                break;
            case '+':
                (least, at) = (1, at + 1);
                break;
            case '{' when pattern.IndexOf('}', at) is > 0 and var end && pattern[(at + 1)..end].Split(',') is { Length: <= 2 } parts && parts[0].Length > 0 && parts.All(part => part.All(char.IsAsciiDigit)):
                strange |= !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number);
                (least, at) = (number, end + 1);
                break;
        }
        if (least is not null && at < pattern.Length && pattern[at] == '?') at++; // as few as possible
        return least;
    }
}
