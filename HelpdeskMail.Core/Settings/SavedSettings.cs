using HelpdeskMail.Core.Data;

namespace HelpdeskMail.Core.Settings;

/// <summary>All parameters as they were at one moment, read in one query.</summary>
internal sealed class SavedSettings
{
    private readonly Dictionary<string, string> saved;

    private SavedSettings(Dictionary<string, string> saved) => this.saved = saved;

    public static async Task<SavedSettings> LoadAsync(HelpdeskDb db, CancellationToken cancel) => new(await SettingsStore.SavedAsync(db, cancel));

    public T Get<T>(Parameter<T> parameter) => parameter.Read(saved.GetValueOrDefault(parameter.Key));
}
