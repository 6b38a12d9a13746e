namespace HelpdeskMail.App.Components.Shared;

/// <summary>The faults of a form's last save, by field; "" is the form as a whole.</summary>
public sealed class FormFaults(IReadOnlyDictionary<string, string[]> byField)
{
    public static FormFaults None { get; } = new(new Dictionary<string, string[]>());

    public bool Any => byField.Count > 0;

    public IReadOnlyList<string> this[string field] => byField.GetValueOrDefault(field) ?? [];

    /// <summary>Faults of the whole, and of fields that the form doesn't show.</summary>
    public IEnumerable<string> Besides(params IReadOnlyCollection<string> shown) =>
        byField.Where(pair => !shown.Contains(pair.Key, StringComparer.Ordinal)).SelectMany(pair => pair.Key.Length == 0 ? pair.Value : pair.Value.Select(text => $"{pair.Key}: {text}"));
}
