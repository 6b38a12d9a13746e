using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.Core.Routing.Agents;

/// <summary>
/// Separates what an agent wrote from the notification that he answers. Its text may hold what no customer may read, so a line above and one below it mark it,
/// besides all that tells a quotation in any reply. What can't be told apart for sure is not taken.
/// </summary>
internal static class AgentWords
{
    /// <summary>First line of every notification.</summary>
    public const string Top = "##- Write your answer above this line. -##";

    /// <summary>Its last line.</summary>
    public const string Bottom = "##- End of the notification. -##";

    private const string Mark = "##-";

    /// <returns>Null: there are none, or they can't be told from the notification.</returns>
    public static string? Of(string text)
    {
        text = text.ReplaceLineEndings("\n");
        var mark = text.IndexOf(Mark, StringComparison.Ordinal);
        var top = text.IndexOf(Top[..20], StringComparison.Ordinal);
        if (mark >= 0 && mark == top && Own(text[..(text.LastIndexOf('\n', mark) + 1)]) is { } above) return above;
        // Written below or between, or the line above was deleted: only what is quoted line by line can be told apart then.
        return Own(text) is { } own && !own.Contains(Mark, StringComparison.Ordinal) && (mark < 0 || text.Split('\n').All(line => !line.Contains(Mark, StringComparison.Ordinal) || line.TrimStart().StartsWith('>'))) ? own : null;
    }

    /// <summary>A text for a notification, without marks that somebody else put into it.</summary>
    public static string Unmarked(string text) => text.Replace(Mark, "## -", StringComparison.Ordinal);

    private static string? Own(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var visible = ReplyText.Split(text).Visible;
        // What is all quotation comes back whole.
        if (visible.Split('\n').All(line => string.IsNullOrWhiteSpace(line) || line.TrimStart().StartsWith('>') || IsAttribution(line))) return null;
        return MailText.Clean(visible.Trim(), MailText.MaxText);
    }

    /// <summary>"On … wrote:" alone is nobody's answer.</summary>
    private static bool IsAttribution(string line)
    {
        var probe = ReplyText.Split($"x\n\n{line}\n> x");
        return probe.Visible == "x";
    }
}
