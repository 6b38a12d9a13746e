namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>
/// The texts that conditions on one field require, looked for all at once: a mail's text is gone through once, however many filters there are, and most
/// conditions are then settled without comparing anything. Add all conditions before the first <see cref="Find"/>.
/// </summary>
internal sealed class FieldLiterals
{
    /// <summary>Letters by which a text is recognised; shorter ones are not looked for.</summary>
    private const int Gram = 3;

    /// <summary>The number that stands for any text at all: the field is there.</summary>
    private const int Present = 0;

    private readonly List<string> literals = [""];
    private readonly List<int> uses = [0];
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly Lazy<Index> index;

    /// <param name="field">Its name.</param>
    /// <param name="slot">A number of its own among the fields of a set of filters, from 0.</param>
    public FieldLiterals(string field, int slot)
    {
        (Field, Slot) = (field, slot);
        index = new(Build);
    }

    public string Field { get; }

    public int Slot { get; }

    /// <summary>Of each list of numbers one text must be there for the comparison to come out true.</summary>
    public int[][] Add(FilterCondition condition)
    {
        var required = Required(condition).Select(texts => texts.Select(Longest).ToList()).Where(texts => texts.TrueForAll(text => text.Length >= Gram));
        int[][] numbered = [.. required.Select(texts => texts.Select(Number).Distinct().ToArray())];
        if (numbered.Length == 0) numbered = [[Present]];
        foreach (var number in numbered.SelectMany(list => list)) uses[number]++;
        return numbered;
    }

    /// <summary>How many conditions require one of these.</summary>
    public int Uses(int[] list) => list.Sum(number => uses[number]);

    /// <summary>Which of the texts stand in any of these, by number.</summary>
    public bool[] Find(IReadOnlyList<string> texts)
    {
        var (maybe, byGram) = index.Value;
        var found = new bool[literals.Count];
        found[Present] = texts.Count > 0;
        if (byGram.Count == 0) return found;
        foreach (var text in texts)
        {
            var gram = 0UL;
            for (var at = 0; at < text.Length; at++)
            {
                gram = Next(gram, CaseFolding.Of(text[at]));
                if (((maybe[Bit(gram) >> 6] >> Bit(gram)) & 1) == 0 || !byGram.TryGetValue(gram, out var candidates)) continue;
                foreach (var (literal, offset) in candidates) found[literal] = found[literal] || Stands(literals[literal], text, at + 1 - Gram - offset);
            }
        }
        return found;
    }

    private static IReadOnlyList<IReadOnlyList<string>> Required(FilterCondition condition) => condition.Operator switch
    {
        FilterOperator.Contains or FilterOperator.StartsWith or FilterOperator.EndsWith => [[condition.Value]],
        FilterOperator.Equals => [[condition.Value.Trim()]],
        FilterOperator.Regex => RegexLiterals.Of(condition.Value),
        _ => [],
    };

    /// <summary>The longest stretch of letters whose case is settled; folded.</summary>
    private static string Longest(string text)
    {
        var (longest, start) = ("", 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && CaseFolding.IsSettled(text[i])) continue;
            if (i - start > longest.Length) longest = text[start..i];
            start = i + 1;
        }
        return string.Create(longest.Length, longest, (folded, from) =>
        {
            for (var i = 0; i < from.Length; i++) folded[i] = CaseFolding.Of(from[i]);
        });
    }

    private int Number(string literal)
    {
        if (!numbers.TryGetValue(literal, out var number))
        {
            numbers[literal] = number = literals.Count;
            literals.Add(literal);
            uses.Add(0);
        }
        return number;
    }

    /// <summary>Each text by the three letters of it that the fewest others have.</summary>
    private Index Build()
    {
        var maybe = new ulong[1 << 10];
        var frequency = new Dictionary<ulong, int>();
        foreach (var gram in literals.SelectMany(Grams)) frequency[gram] = frequency.GetValueOrDefault(gram) + 1;
        var byGram = new Dictionary<ulong, List<(int, int)>>();
        for (var literal = Present + 1; literal < literals.Count; literal++)
        {
            var (gram, offset) = Grams(literals[literal]).Select((gram, offset) => (gram, offset)).MinBy(item => frequency[item.gram]);
            if (!byGram.TryGetValue(gram, out var items)) byGram[gram] = items = [];
            items.Add((literal, offset));
            var bit = Bit(gram);
            maybe[bit >> 6] |= 1UL << bit;
        }
        return new Index(maybe, byGram);
    }

    private static IEnumerable<ulong> Grams(string folded)
    {
        var gram = 0UL;
        for (var i = 0; i < folded.Length; i++)
        {
            gram = Next(gram, folded[i]);
            if (i >= Gram - 1) yield return gram;
        }
    }

    private static ulong Next(ulong gram, char letter) => ((gram << 16) | letter) & 0xFFFF_FFFF_FFFF;

    private static int Bit(ulong gram) => (int)((gram * 0x9E37_79B9_7F4A_7C15) >> 48);

    private static bool Stands(string literal, string text, int start)
    {
        if (start < 0 || start + literal.Length > text.Length) return false;
        for (var i = 0; i < literal.Length; i++)
        {
            if (CaseFolding.Of(text[start + i]) != literal[i]) return false;
        }
        return true;
    }

    /// <param name="Maybe">A bit for each hash of three letters that any text is recognised by.</param>
    private sealed record Index(ulong[] Maybe, Dictionary<ulong, List<(int Literal, int Offset)>> ByGram);
}
