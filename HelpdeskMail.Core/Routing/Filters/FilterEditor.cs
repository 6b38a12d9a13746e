using System.Text.Json;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Configuration;
using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>Saves and removes filters, and keeps what they were before (G10).</summary>
public sealed class FilterEditor(IDbContextFactory<HelpdeskDb> contexts, TimeProvider time)
{
    public Task<Outcome<long>> SaveAsync(FilterDraft draft, Actor actor, CancellationToken cancel = default) =>
        Saving.RunAsync(contexts, async (db, faults) => (await ApplyAsync(db, draft, actor, faults, cancel)) is { } filter ? () => filter.Id : null, cancel);

    public Task<Outcome<bool>> RemoveAsync(long id, Actor actor, CancellationToken cancel = default) =>
        Removing.RunAsync(contexts, "filter", async (db, _) =>
        {
            var filter = await db.Filters.FindAsync([id], cancel);
            if (filter is not null) Note(db, filter.Name, actor, FilterSection.Text(filter), null);
            return filter;
        }, cancel);

    /// <summary>Brings a filter back to what it was before a change: its old form, or none where it was new. Undoing is a change, too.</summary>
    public Task<Outcome<long>> UndoAsync(long changeId, Actor actor, CancellationToken cancel = default) =>
        Saving.RunAsync(contexts, async (db, faults) =>
        {
            if (await db.FilterChanges.FindAsync([changeId], cancel) is not { } change)
            {
                faults.Add("id", "This change is not there any more.");
                return null;
            }
            var now = await db.Filters.FirstOrDefaultAsync(filter => filter.Name == change.Name, cancel);
            if (change.Before is null)
            {
                if (now is null) faults.Add("", "The filter is gone already.");
                else db.Filters.Remove(now);
                if (now is not null) Note(db, change.Name, actor, FilterSection.Text(now), null);
                return () => 0;
            }
            var draft = now is null ? new FilterDraft() : FilterDraft.Of(now);
            FilterSection.Read(new JsonFields(JsonDocument.Parse(change.Before).RootElement, "", faults), draft);
            return faults.Any ? null : await ApplyAsync(db, draft, actor, faults, cancel) is { } filter ? () => filter.Id : null;
        }, cancel);

    /// <summary>Checks the draft and puts it into the context, unsaved; null when it is at fault.</summary>
    internal async Task<Filter?> ApplyAsync(HelpdeskDb db, FilterDraft draft, Actor actor, Faults faults, CancellationToken cancel)
    {
        var filter = draft.Id is { } id ? await db.Filters.FindAsync([id], cancel) : null;
        if (draft.Id is not null && filter is null) faults.Add("id", "This filter is not there any more.");
        await FilterRules.CheckAsync(db, draft, faults, cancel);
        FieldRules.Unique(faults, "name", draft.Name, await db.Filters.Where(other => other.Id != draft.Id).Select(other => other.Name).ToListAsync(cancel), "a filter");
        if (faults.Any) return null;

        var before = filter is null ? null : FilterSection.Text(filter);
        filter ??= db.Filters.Add(new Filter { Name = draft.Name }).Entity;
        (filter.Name, filter.Order, filter.Stop, filter.Match) = (draft.Name, draft.Order, draft.Stop, draft.Match);
        (filter.Conditions, filter.Actions) = ([.. draft.Conditions], [.. draft.Actions]);
        var after = FilterSection.Text(filter);
        if (before != after) Note(db, filter.Name, actor, before, after);
        return filter;
    }

    private void Note(HelpdeskDb db, string name, Actor actor, string? before, string? after) =>
        db.FilterChanges.Add(new FilterChange { Name = name, At = time.GetUtcNow().UtcDateTime, ActorName = actor.Name, Before = before, After = after });
}
