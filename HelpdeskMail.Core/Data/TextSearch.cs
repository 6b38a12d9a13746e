using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Data;

/// <summary>
/// "Contains, in whatever case" for queries, the same on all three providers: <c>db.Tickets.Where(t => TextSearch.Contains(t.Subject, words))</c>.
/// What is looked for is taken literally (no wildcards to escape), and letters outside ASCII match in both cases too, which LIKE does not do on SQLite.
/// </summary>
public static class TextSearch
{
    private const string SqliteFunction = "text_contains";

    /// <summary>Only for use inside a query. False where <paramref name="text"/> is null.</summary>
    public static bool Contains(string? text, string words) => text?.Contains(words, StringComparison.OrdinalIgnoreCase) ?? false;

    /// <summary>The words of a text as the full-text index (<see cref="MessageWords"/>) takes them: runs of letters and digits, at most eight.</summary>
    internal static IReadOnlyList<string> Words(string text)
    {
        var words = new List<string>();
        var from = -1;
        for (var at = 0; at <= text.Length && words.Count < 8; at++)
        {
            if (at < text.Length && char.IsLetterOrDigit(text, at))
            {
                if (from < 0) from = at;
            }
            else if (from >= 0 && !(at < text.Length && char.IsLowSurrogate(text[at])))
            {
                words.Add(text[from..at]);
                from = -1;
            }
        }
        return words;
    }

    internal static void Register(SqliteConnection connection) =>
        connection.CreateFunction<string?, string, bool>(SqliteFunction, Contains, isDeterministic: true);

    /// <summary>On the server databases it is <see cref="TextSearchTranslation"/>'s.</summary>
    internal static void MapSqlite(ModelBuilder builder) => builder.HasDbFunction(((Func<string?, string, bool>)Contains).Method).HasName(SqliteFunction);
}
