using System.Globalization;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Outbound;

/// <summary>The account for system mail and for departments without one of their own (E9): its id is kept as the setting "outbound.global".</summary>
public static class GlobalAccount
{
    public const string Key = "outbound.global";

    /// <summary>Null: none is chosen.</summary>
    public static async Task<long?> IdAsync(HelpdeskDb db, CancellationToken cancel)
    {
        var text = await db.Settings.Where(setting => setting.Key == Key).Select(setting => setting.Value).FirstOrDefaultAsync(cancel);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }

    /// <summary>Changes the context, unsaved.</summary>
    internal static async Task SetAsync(HelpdeskDb db, long? id, CancellationToken cancel)
    {
        var setting = await db.Settings.FindAsync([Key], cancel);
        if (id is null && setting is not null) db.Settings.Remove(setting);
        if (id is null) return;
        setting ??= db.Settings.Add(new Setting { Key = Key, Value = "" }).Entity;
        setting.Value = id.Value.ToString(CultureInfo.InvariantCulture);
    }
}
