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

    /// <summary>Takes over another's faults, with <paramref name="prefix"/> before each field.</summary>
    public void AddAll(string prefix, Faults others)
    {
        foreach (var (field, texts) in others.byField)
        {
            foreach (var text in texts) Add(prefix + field, text);
        }
    }

    /// <summary>Forgets what was found wrong with a field: its cause has been told elsewhere.</summary>
    public void Forget(string field) => byField.Remove(field);

    /// <summary>Forgets all but the first fault of a field: the others follow from it.</summary>
    public void KeepFirst(string field)
    {
        if (byField.TryGetValue(field, out var texts)) texts.RemoveRange(1, texts.Count - 1);
    }

    public IReadOnlyDictionary<string, string[]> ToDictionary() => byField.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
}
