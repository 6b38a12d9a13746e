using System.Text.Json;
using System.Text.Json.Nodes;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Notices;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Configuration;

/// <summary>The section "notices": each kind's switch, and the wordings that differ from the program's own, by language.</summary>
internal static class NoticeSection
{
    public static async Task<JsonArray> WriteAsync(HelpdeskDb db, CancellationToken cancel)
    {
        var off = await NoticeSwitches.OffAsync(db, cancel);
        var saved = (await db.NoticeTemplates.AsNoTracking().ToListAsync(cancel)).ToLookup(template => template.Kind);
        return [.. Enum.GetValues<NoticeKind>().Select(kind => new JsonObject
        {
            ["name"] = JsonFields.Name(kind),
            ["enabled"] = !off.Contains(kind),
            ["wordings"] = new JsonObject(saved[kind].OrderBy(template => template.Language, StringComparer.Ordinal).Select(template =>
                KeyValuePair.Create<string, JsonNode?>(template.Language, new JsonObject { ["subject"] = template.Subject, ["text"] = template.Text }))),
        })];
    }

    /// <summary>A wording of null goes back to the program's own.</summary>
    public static async Task ReadAsync(HelpdeskDb db, JsonFields fields, Faults faults, CancellationToken cancel)
    {
        var named = fields.Peek("name");
        NoticeKind? kind = null;
        bool? enabled = null;
        fields.Choice<NoticeKind>("name", value => kind = value);
        fields.Flag("enabled", value => enabled = value);
        var wordings = fields.Map("wordings");
        fields.End();
        if (kind is not { } known)
        {
            if (named is null) faults.Add(fields.PathOf("name"), "Must not be empty.");
            return;
        }
        if (enabled is { } on) await NoticeSwitches.SetAsync(db, known, on, cancel);
        foreach (var (language, value) in wordings)
        {
            var path = fields.PathOf($"wordings.{language}");
            if (value.ValueKind == JsonValueKind.Null)
            {
                db.NoticeTemplates.RemoveRange(await db.NoticeTemplates.Where(template => template.Kind == known && template.Language == language).ToListAsync(cancel));
                continue;
            }
            var wording = new JsonFields(value, path, faults);
            var draft = new NoticeDraft { Kind = known, Language = language };
            if (await db.NoticeTemplates.AsNoTracking().FirstOrDefaultAsync(template => template.Kind == known && template.Language == language, cancel) is { } saved) (draft.Subject, draft.Text) = (saved.Subject, saved.Text);
            wording.Text("subject", text => draft.Subject = text);
            wording.Text("text", text => draft.Text = text);
            wording.End();
            var wrong = new Faults();
            await NoticeEditor.ApplyAsync(db, draft, wrong, cancel);
            faults.AddAll(path + ".", wrong);
        }
        if (!faults.Any) await db.SaveChangesAsync(cancel);
    }
}
