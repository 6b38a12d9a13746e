namespace HelpdeskMail.Core;

/// <summary>Faults found in what somebody entered, all of them at once, by field.</summary>
public sealed class Faults
{
    private readonly Dictionary<string, List<string>> byField = new(StringComparer.Ordinal);

    public bool Any => byField.Count > 0;

    public static Faults Of(string field, string text)
    {
        var faults = new Faults();
        faults.Add(field, text);
        return faults;
    }

    public void Add(string field, string text)
    {
        if (!byField.TryGetValue(field, out var texts)) byField[field] = texts = [];
        texts.Add(text);
    }

    public IReadOnlyDictionary<string, string[]> ToDictionary() => byField.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
}
