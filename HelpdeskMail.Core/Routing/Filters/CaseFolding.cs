using System.Globalization;

namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>One letter for all letters that may count as the same when case doesn't. For settled letters it is coarser than what conditions compare by,
/// ordinally or by regular expression: what differs here differs there, too.</summary>
internal static class CaseFolding
{
    private static readonly char[] Table = Build();

    public static char Of(char letter) => Table[letter];

    /// <summary>Whether its case is the same by all tables, the platform's and that of regular expressions, which may be of a later Unicode: Latin, Greek,
    /// Cyrillic and Armenian as most people write it, and what has no case.</summary>
    public static bool IsSettled(char letter) => letter is < '\u0180' or (>= '\u0370' and < '\u0557') || char.GetUnicodeCategory(letter) is
        UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.SpaceSeparator or UnicodeCategory.OtherPunctuation or UnicodeCategory.OpenPunctuation
        or UnicodeCategory.ClosePunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.CurrencySymbol or UnicodeCategory.MathSymbol;

    private static char[] Build()
    {
        var table = new char[char.MaxValue + 1];
        for (var i = 0; i < table.Length; i++) table[i] = (char)i;
        for (var i = 0; i < table.Length; i++)
        {
            Join(table, (char)i, char.ToLowerInvariant((char)i));
            Join(table, (char)i, char.ToUpperInvariant((char)i));
        }
        // Regular expressions know these whatever the platform's invariant culture says: dotted and dotless i, long s, Kelvin, Ångström, Ohm, capital sharp s.
        foreach (var (one, other) in new[] { ('\u0130', 'i'), ('\u0131', 'i'), ('\u017f', 's'), ('\u212a', 'k'), ('\u212b', '\u00e5'), ('\u2126', '\u03c9'), ('\u1e9e', '\u00df') }) Join(table, one, other);
        for (var i = 0; i < table.Length; i++) table[i] = Root(table, (char)i);
        return table;
    }

    private static void Join(char[] table, char one, char other)
    {
        var (a, b) = (Root(table, one), Root(table, other));
        table[Math.Max(a, b)] = (char)Math.Min(a, b);
    }

    private static char Root(char[] table, char letter)
    {
        while (table[letter] != letter) letter = table[letter];
        return letter;
    }
}
