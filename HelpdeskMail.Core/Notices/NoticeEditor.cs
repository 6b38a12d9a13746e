using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Notices;

/// <summary>Reads, checks and saves the wordings of notices, and switches their kinds on and off (P18).</summary>
public sealed class NoticeEditor(IDbContextFactory<HelpdeskDb> contexts)
{
    private const int MaxSubject = 500;
    private const int MaxText = 20_000;

    public async Task<IReadOnlyList<NoticeRow>> ListAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var off = await NoticeSwitches.OffAsync(db, cancel);
        var saved = (await db.NoticeTemplates.AsNoTracking().ToListAsync(cancel)).ToDictionary(template => (template.Kind, template.Language), template => new NoticeWording(template.Subject, template.Text));
        return [.. Enum.GetValues<NoticeKind>().Select(kind => new NoticeRow(
            kind,
            !off.Contains(kind),
            [.. BuiltInWordings.Languages.Union(saved.Keys.Where(key => key.Kind == kind).Select(key => key.Language).Order(StringComparer.Ordinal)).Select(language => new NoticeLanguageRow(
                language, saved.GetValueOrDefault((kind, language)) ?? BuiltInWordings.Of(kind, language)!, saved.ContainsKey((kind, language)), BuiltInWordings.Of(kind, language) is not null))]))];
    }

    /// <returns>True; or faults: "language", "subject", "text".</returns>
    public async Task<Outcome<bool>> SaveAsync(NoticeDraft draft, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var faults = new Faults();
        await ApplyAsync(db, draft, faults, cancel);
        if (faults.Any) return faults;
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException error) when (DatabaseFault.IsUniqueViolation(error))
        {
            return Faults.Of("", "Somebody else has just saved this wording. Load the page again.");
        }
        return true;
    }

    /// <summary>Back to the program's own wording; a language that it doesn't bring along goes.</summary>
    public async Task ResetAsync(NoticeKind kind, string language, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await db.NoticeTemplates.Where(template => template.Kind == kind && template.Language == language).ExecuteDeleteAsync(cancel);
    }

    public async Task SwitchAsync(NoticeKind kind, bool on, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await NoticeSwitches.SetAsync(db, kind, on, cancel);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>How it would read, with a made-up mail.</summary>
    public static NoticeWording Preview(string subject, string text) => new(NoticeValues.Sample.Fill(subject), NoticeValues.Sample.Fill(text));

    /// <summary>Checks the draft and puts it into the context, unsaved.</summary>
    internal static async Task ApplyAsync(HelpdeskDb db, NoticeDraft draft, Faults faults, CancellationToken cancel)
    {
        var language = LanguageParameter.Tidy(draft.Language);
        if (language is null) faults.Add("language", "Must be the two letters of a language, such as en or de.");
        draft.Subject = FieldRules.Line(faults, "subject", draft.Subject, MaxSubject);
        draft.Text = FieldRules.Text(faults, "text", draft.Text.ReplaceLineEndings("\n"), MaxText);
        Check("subject", draft.Subject);
        Check("text", draft.Text);
        if (faults.Any) return;

        var saved = await db.NoticeTemplates.FirstOrDefaultAsync(template => template.Kind == draft.Kind && template.Language == language, cancel);
        if (BuiltInWordings.Of(draft.Kind, language!) == new NoticeWording(draft.Subject, draft.Text))
        {
            if (saved is not null) db.NoticeTemplates.Remove(saved);
            return;
        }
        saved ??= db.NoticeTemplates.Add(new NoticeTemplate { Kind = draft.Kind, Language = language!, Subject = "", Text = "" }).Entity;
        (saved.Subject, saved.Text) = (draft.Subject, draft.Text);

        void Check(string field, string template)
        {
            if (NoticePlaceholders.Unknown(draft.Kind, template) is { Count: > 0 } unknown)
                faults.Add(field, $"Nothing stands for {string.Join(", ", unknown.Select(name => $"{{{name}}}"))}. Known: {string.Join(", ", NoticePlaceholders.Of(draft.Kind).Select(name => $"{{{name}}}"))}.");
        }
    }
}
