using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Notices;

/// <summary>Which kinds of notices are switched off: the setting "notices.off", names separated by commas.</summary>
internal static class NoticeSwitches
{
    public const string Key = "notices.off";

    public static async Task<HashSet<NoticeKind>> OffAsync(HelpdeskDb db, CancellationToken cancel)
    {
        var text = await db.Settings.Where(setting => setting.Key == Key).Select(setting => setting.Value).FirstOrDefaultAsync(cancel);
        return [.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => Enum.TryParse<NoticeKind>(name, out var kind) ? kind : (NoticeKind?)null).OfType<NoticeKind>()];
    }

    /// <summary>Changes the context, unsaved.</summary>
    public static async Task SetAsync(HelpdeskDb db, NoticeKind kind, bool on, CancellationToken cancel)
    {
        var setting = await db.Settings.FindAsync([Key], cancel);
        var off = (setting?.Value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        if (on ? !off.Remove(kind.ToString()) : !off.Add(kind.ToString())) return;
        if (off.Count == 0)
        {
            db.Settings.Remove(setting!);
            return;
        }
        setting ??= db.Settings.Add(new Setting { Key = Key, Value = "" }).Entity;
        setting.Value = string.Join(',', off.Order(StringComparer.Ordinal));
    }
}
