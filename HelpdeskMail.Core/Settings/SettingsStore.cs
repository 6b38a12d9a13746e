using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Settings;

/// <summary>Reads and saves the parameters. Read anew at every use, so a change works on every node from the moment it is saved.</summary>
public sealed class SettingsStore(IDbContextFactory<HelpdeskDb> contexts)
{
    /// <summary>A parameter's value, read in somebody's own context.</summary>
    public static async Task<T> GetAsync<T>(HelpdeskDb db, Parameter<T> parameter, CancellationToken cancel = default) =>
        parameter.Read(await db.Settings.Where(setting => setting.Key == parameter.Key).Select(setting => setting.Value).FirstOrDefaultAsync(cancel));

    public async Task<T> GetAsync<T>(Parameter<T> parameter, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await GetAsync(db, parameter, cancel);
    }

    /// <summary>All parameters, in their order on the page.</summary>
    public async Task<IReadOnlyList<ParameterRow>> ListAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var saved = await SavedAsync(db, cancel);
        return [.. Parameters.All.Select(parameter => new ParameterRow(parameter.Key, parameter.Description, saved.GetValueOrDefault(parameter.Key) ?? parameter.DefaultText, parameter.DefaultText))];
    }

    /// <param name="values">By key; null: back to the default. What isn't mentioned stays.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>True; or faults by key.</returns>
    public async Task<Outcome<bool>> SaveAsync(IReadOnlyDictionary<string, string?> values, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var faults = new Faults();
        foreach (var (key, value) in values) await ApplyAsync(db, key, value, faults, cancel);
        if (faults.Any) return faults;
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException error) when (error is DbUpdateConcurrencyException || DatabaseFault.IsUniqueViolation(error))
        {
            return Faults.Of("", "Somebody else has just saved the settings. Load the page again.");
        }
        return true;
    }

    /// <summary>Checks a value and puts it into the context, unsaved.</summary>
    internal static async Task ApplyAsync(HelpdeskDb db, string key, string? value, Faults faults, CancellationToken cancel)
    {
        if (Parameters.Find(key) is not { } parameter)
        {
            faults.Add(key, $"There is no such setting. Known: {string.Join(", ", Parameters.All.Select(known => known.Key))}.");
            return;
        }

        var tidy = parameter.DefaultText;
        if (value is not null && parameter.Check(value, out tidy) is { } fault)
        {
            faults.Add(key, fault);
            return;
        }

        var setting = await db.Settings.FindAsync([key], cancel);
        if (tidy == parameter.DefaultText)
        {
            if (setting is not null) db.Settings.Remove(setting);
            return;
        }

        setting ??= db.Settings.Add(new Setting { Key = key, Value = "" }).Entity;
        setting.Value = tidy;
    }

    internal static async Task<Dictionary<string, string>> SavedAsync(HelpdeskDb db, CancellationToken cancel)
    {
        var keys = Parameters.All.Select(parameter => parameter.Key).ToList();
        return await db.Settings.Where(setting => keys.Contains(setting.Key)).ToDictionaryAsync(setting => setting.Key, setting => setting.Value, cancel);
    }
}
