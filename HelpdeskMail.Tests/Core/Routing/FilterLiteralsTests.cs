using System.Globalization;
using System.Text.RegularExpressions;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Routing.Filters;
using Xunit;

namespace HelpdeskMail.Tests.Core.Routing;

/// <summary>Filters are looked for all at once; what they say must be what each says for itself.</summary>
public sealed class FilterLiteralsTests
{
    private static readonly string[] Words = ["Invoice", "RECHNUNG", "straße", "STRASSE", "Kelvin", "\u212Aelvin", "ſerver", "server", "İstanbul", "istanbul", "日本語", "Ωmega", "ωMEGA", "😀 smile", "𐐀𐐁x", "𐐨𐐩x", "vip", "a", "no. 4711", "[PROJECT-1]", "x@shop.example", "\u1E9E ß", "ΑΣ ας"];

    private static readonly string[] Fields = ["Subject", "From", "body", "X-Tag", "recipient", "X-Helpdesk-DynamicField-a", "attachmentCount"];

    private static readonly string[] Patterns =
    [
        @"in+voice", @"(invoice|rechnung) no\. ?\d+", @"^(re|aw): ", @"stra(ß|ss)e", @"colou?r", @"vi?p+x*", @"(?<id>\d{4})", @"[a-c]server[^x]", @"(?:server|kelvin){0,2}smile", @"(server){2,3}?", @"a|b", @"server|",
        @"\bserver\b", @"x@shop\.example", @"\[project-\d\]", @"istanbul", @"(?i)SERVER", @"ser\x76er", @"a{,3}b", @"inv{2}", @"(a(b(invoice)?)+|kelvin)", @"[]a]nvoice", @"\p{Lu}elvin", @"ωmega$", "日本+", @"ας",
    ];

    [Theory]
    [InlineData(@"(?<what>invoice|bill) no\. \d+", "invoice|bill", " no. ")]
    [InlineData(@"(?<what>invoice|bill)s? nr\. 4711\b", "invoice|bill", " nr. 4711")]
    [InlineData(@"(?:customer\s+number){1,3}x", "customer", "number", "x")]
    [InlineData(@"(a.long|short.b)", "long|short")]
    [InlineData(@"colou?r", "colo", "r")]
    [InlineData(@"in+voice", "in", "voice")]
    [InlineData(@"abc|def", "abc|def")]
    [InlineData(@"x{2,}yz", "x", "yz")]
    [InlineData(@"\[#\d+\] answer\.", "[#", "] answer.")]
    [InlineData(@"a{,3}b", "a{,3}b")]
    [InlineData(@"abc|", "")]
    [InlineData(@"(abc)?", "")]
    [InlineData(@"(abc){0,4}", "")]
    [InlineData(@"a*b?", "")]
    [InlineData(@"\d+", "")]
    [InlineData(@"[abc]+", "")]
    [InlineData(@"(?x)a b c", "")] // options, and all else that is not understood: always asked
    [InlineData(@"(?-i)abc", "")]
    [InlineData(@"(?#abc)", "")]
    [InlineData(@"\x41bc", "")]
    [InlineData(@"[a-z-[abc]]def", "")]
    public void Expression_RequiresWhatMustBeThere(string pattern, params string[] texts) => Assert.Equal(texts.Where(text => text.Length > 0), RegexLiterals.Of(pattern).Select(list => string.Join('|', list)));

    [Fact]
    public void Folding_KeepsTogetherAllThatAnyComparisonTakesForTheSame()
    {
        var letters = Enumerable.Range(0, char.MaxValue + 1).Select(i => (char)i).Where(c => !char.IsSurrogate(c) && (char.IsLetter(c) || char.ToLowerInvariant(c) != c || char.ToUpperInvariant(c) != c)).ToList();
        var all = new string([.. letters.Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.OtherLetter)]);
        Assert.All("aäßжщλ東ภع7 .@-", letter => Assert.True(CaseFolding.IsSettled(letter)));
        foreach (var letter in letters.Where(CaseFolding.IsSettled).Where((c, index) => c < 0x600 || index % 200 == 0))
        {
            foreach (Match match in Regex.Matches(all, Regex.Escape(letter.ToString()), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5))) Same(letter, match.Value[0]);
            for (var at = all.IndexOf(letter.ToString(), StringComparison.OrdinalIgnoreCase); at >= 0; at = all.IndexOf(letter.ToString(), at + 1, StringComparison.OrdinalIgnoreCase)) Same(letter, all[at]);
        }
        static void Same(char one, char other) => Assert.True(CaseFolding.Of(one) == CaseFolding.Of(other), string.Create(CultureInfo.InvariantCulture, $"U+{(int)one:X4} and U+{(int)other:X4}"));
    }

    [Fact]
    public void AnyFilters_OnAnyMail_SayTogetherWhatEachSaysForItself()
    {
        var random = new Random(5);
        var matched = 0;
        for (var round = 0; round < 300; round++)
        {
            List<Filter> filters = [.. Enumerable.Range(0, 30).Select(i => AnyFilter(random, i))];
            var mail = MailReader.Read(FlowDesk.Bytes(AnyMail(random)));
            var commands = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            if (random.Next(2) == 0) commands["X-Tag"] = Text(random);

            var together = new FilterSet(filters).Run(mail, null, commands).Select(Said).ToList();
            var alone = FilterSet.InOrder(filters).Select(filter => new CompiledFilter(filter).Match(new FilterMail(mail, null, commands))).OfType<FilterMatching>().Select(Said).ToList();

            Assert.Equal(alone, together);
            matched += alone.Count;
        }
        Assert.InRange(matched, 500, 8_500); // or this shows nothing
    }

    private static string Said(FilterMatching matching) => $"{matching.Filter.Name}: {matching.Because} {string.Join(",", matching.Groups.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}={pair.Value}"))}";

    private static Filter AnyFilter(Random random, int number) => new()
    {
        Name = number.ToString(CultureInfo.InvariantCulture),
        Match = random.Next(3) == 0 ? FilterMatch.Any : FilterMatch.All,
        Conditions = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => AnyCondition(random))],
    };

    private static FilterCondition AnyCondition(Random random)
    {
        var comparison = Pick(random, Enum.GetValues<FilterOperator>());
        var value = comparison == FilterOperator.Regex ? Pick(random, Patterns) : random.Next(3) == 0 ? Text(random) : Turned(random, Pick(random, Words));
        return new FilterCondition(Pick(random, Fields), comparison, random.Next(4) == 0, value);
    }

    private static string AnyMail(Random random) => $"From: {Turned(random, "x@shop.example")}\nSubject: {Text(random)}\nX-Tag: {Text(random)}\nX-Tag: {Text(random)}\nTo: Server@helpdesk.test\n\n{Text(random)}\n{Text(random)}";

    private static string Text(Random random) => string.Join(random.Next(2) == 0 ? " " : "", Enumerable.Range(0, random.Next(1, 5)).Select(_ => Turned(random, Pick(random, Words))));

    private static string Turned(Random random, string word) => random.Next(3) switch { 0 => word.ToUpperInvariant(), 1 => word.ToLowerInvariant(), _ => word };

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
