using System.Text.RegularExpressions;
using Xunit;

namespace HelpdeskMail.Tests;

public sealed partial class RfcListTests
{
    [Fact]
    public void EveryRfcCitedInTheCode_IsListedInRfcs()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "HelpdeskMail.sln")))
            root = root.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        var rows = File.ReadLines(Path.Combine(root.FullName, "docs", "RFCS.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal));
        var listed = rows.SelectMany(row => Number().Matches(row.Split('|')[1])).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        var skipped = new[] { $"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}" };

        var cited = root.EnumerateFiles("*.cs", SearchOption.AllDirectories)
            .Where(file => !skipped.Any(part => file.FullName.Contains(part, StringComparison.Ordinal)))
            .SelectMany(file => Citation().Matches(File.ReadAllText(file.FullName)).Select(match => (Number: match.Groups["number"].Value, file.Name)))
            .ToLookup(citation => citation.Number, citation => citation.Name);

        var missing = cited.Where(citation => !listed.Contains(citation.Key)).Select(citation => $"RFC {citation.Key} in {citation.First()}").ToList();
        Assert.True(cited.Count > 20, "The search for citations finds too few to be right.");
        Assert.True(missing.Count == 0, "Not in docs/RFCS.md: " + string.Join(", ", missing));
    }

    [GeneratedRegex(@"RFC (?<number>\d{3,5})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Citation();

    [GeneratedRegex(@"\d{3,5}", RegexOptions.None, 1000)]
    private static partial Regex Number();
}
