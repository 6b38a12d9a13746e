using System.Text.RegularExpressions;

namespace HelpdeskMail.Core.Notices;

/// <summary>What may stand in a template in braces, such as {ticket}.</summary>
public static partial class NoticePlaceholders
{
    private static readonly string[] Common = ["customer", "address", "subject", "department", "queue", "sender"];

    public static IReadOnlyList<string> Of(NoticeKind kind) => kind switch
    {
        NoticeKind.Registration => [.. Common, "ticket"],
        NoticeKind.Refusal => [.. Common, "ticket", "text"],
        NoticeKind.TooLarge => [.. Common, "size", "limit"],
        NoticeKind.Loop or NoticeKind.Rejected => [.. Common, "text"],
        NoticeKind.AgentTicket or NoticeKind.AgentMessage => [.. Common, "ticket", "agent", "author", "text", "files", "recipients"],
        NoticeKind.AgentNote => [.. Common, "ticket", "agent", "author", "text", "files"],
        _ => throw new InvalidOperationException($"Unknown notice {kind}."),
    };

    /// <summary>Names in braces that a notice of this kind doesn't know.</summary>
    public static IReadOnlyList<string> Unknown(NoticeKind kind, string template)
    {
        var known = Of(kind);
        return [.. Placeholder().Matches(template).Select(match => match.Groups["name"].Value).Where(name => !known.Contains(name, StringComparer.Ordinal)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Fills the placeholders in. A line that holds nothing but a placeholder without a value goes.</summary>
    internal static string Fill(string template, IReadOnlyDictionary<string, string> values)
    {
        var lines = template.ReplaceLineEndings("\n").Split('\n');
        var filled = lines.Select(line => (Line: Placeholder().Replace(line, match => values.GetValueOrDefault(match.Groups["name"].Value) ?? match.Value), Empty: string.IsNullOrWhiteSpace(line)));
        var kept = filled.Where(item => item.Empty || !string.IsNullOrWhiteSpace(item.Line)).Select(item => item.Line).ToList();
        return string.Join('\n', kept.Where((line, index) => line.Length > 0 || index == 0 || kept[index - 1].Length > 0));
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
