using HelpdeskMail.Core.Settings;

namespace HelpdeskMail.App.Components.Pages.Settings;

/// <summary>The parameters being edited.</summary>
internal sealed class SettingsFormData(IReadOnlyList<ParameterRow> rows)
{
    private readonly Dictionary<string, string> values = rows.ToDictionary(row => row.Key, row => row.Value, StringComparer.Ordinal);

    public IReadOnlyList<ParameterRow> Rows { get; } = rows;

    public IReadOnlyCollection<string> Keys => values.Keys;

    public string this[string key]
    {
        get => values[key];
        set => values[key] = value ?? "";
    }

    /// <summary>Only what differs from what was loaded, so that two administrators don't undo each other's changes.</summary>
    public IReadOnlyDictionary<string, string?> Changed() =>
        Rows.Where(row => values[row.Key] != row.Value).ToDictionary(row => row.Key, row => values[row.Key] == row.Default ? null : values[row.Key], StringComparer.Ordinal);
}
