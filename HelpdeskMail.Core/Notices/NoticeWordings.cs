using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Notices;

/// <summary>All wordings as they hold now: what administrators wrote, else what the program brings along.</summary>
internal sealed class NoticeWordings(IReadOnlyDictionary<(NoticeKind, string), NoticeWording> saved, string standard)
{
    public static async Task<NoticeWordings> LoadAsync(HelpdeskDb db, CancellationToken cancel)
    {
        var saved = await db.NoticeTemplates.AsNoTracking().ToDictionaryAsync(template => (template.Kind, template.Language), template => new NoticeWording(template.Subject, template.Text), cancel);
        return new NoticeWordings(saved, await SettingsStore.GetAsync(db, Parameters.NoticeLanguage, cancel));
    }

    /// <summary>In the author's language where there is a wording in it, else in the standard language.</summary>
    public NoticeWording Of(NoticeKind kind, string? language) => Find(kind, language) ?? Find(kind, standard) ?? BuiltInWordings.Of(kind, BuiltInWordings.Standard)!;

    public NoticeWording? Find(NoticeKind kind, string? language) =>
        language is null ? null : saved.TryGetValue((kind, language), out var wording) ? wording : BuiltInWordings.Of(kind, language);
}
