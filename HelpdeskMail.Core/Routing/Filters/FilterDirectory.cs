using System.Text.Json;
using HelpdeskMail.Core.Configuration;
using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>Reads filters and their history.</summary>
public sealed class FilterDirectory(IDbContextFactory<HelpdeskDb> contexts)
{
    public const int PageSize = 50;
    private const int MaxPageSize = 500;

    /// <summary>A page of the filters in the order in which they run, each with what is wrong with it.</summary>
    /// <param name="text">Looked for in names, conditions and actions.</param>
    /// <param name="page">1-based.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<Page<FilterRow>> ListAsync(string? text = null, int page = 1, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var all = await db.Filters.AsNoTracking().ToListAsync(cancel); // routing holds them all in memory, too
        var advisor = await AdvisorAsync(db, all, cancel);
        var words = text?.Trim() ?? "";
        var found = FilterSet.InOrder(all).Select((filter, index) => (Filter: filter, Position: index + 1)).Where(item => words.Length == 0 || Texts(item.Filter).Any(value => value.Contains(words, StringComparison.OrdinalIgnoreCase))).ToList();
        return new([.. found.Skip((Math.Clamp(page, 1, 1 + (found.Count / PageSize)) - 1) * PageSize).Take(PageSize).Select(item => new FilterRow(item.Position, item.Filter, advisor.Of(item.Filter)))], found.Count);
    }

    /// <summary>Null: it is gone.</summary>
    public async Task<FilterDraft?> DraftAsync(long id, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Filters.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel) is { } filter ? FilterDraft.Of(filter) : null;
    }

    /// <summary>Null: there is no filter of this name.</summary>
    public async Task<FilterDraft?> DraftNamedAsync(string name, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return (await db.Filters.AsNoTracking().ToListAsync(cancel)).Find(filter => filter.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)) is { } found ? FilterDraft.Of(found) : null;
    }

    /// <summary>What would be wrong with the draft, were it saved as it is; rows that are not filled in yet say nothing.</summary>
    public async Task<IReadOnlyList<FilterAdvice>> AdviceAsync(FilterDraft draft, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var filter = draft.ToFilter();
        filter.Conditions.RemoveAll(condition => condition.Operator != FilterOperator.Exists && string.IsNullOrEmpty(condition.Value));
        filter.Actions.RemoveAll(action => string.IsNullOrEmpty(action.Value));
        return (await AdvisorAsync(db, [.. await db.Filters.AsNoTracking().Where(other => other.Id != draft.Id).ToListAsync(cancel), filter], cancel)).Of(filter);
    }

    /// <summary>Changes of all filters, newest first.</summary>
    /// <param name="after">Only what comes after it.</param>
    /// <param name="size">At most 500.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<FilterHistory> HistoryAsync(ListPosition? after = null, int size = PageSize, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        size = Math.Clamp(size, 1, MaxPageSize);
        var rows = db.FilterChanges.AsNoTracking();
        if (after is { Id: var last }) rows = rows.Where(change => change.Id < last);
        var changes = await rows.OrderByDescending(change => change.Id).Take(size + 1).ToListAsync(cancel);
        var shown = changes.Take(size).Select(change => new FilterChangeRow(change.Id, change.Name, change.At, change.ActorName, Read(change.Before), Read(change.After))).ToList();
        return new(shown, changes.Count > size ? new ListPosition(shown[^1].At, shown[^1].Id) : null);
    }

    private static async Task<FilterAdvisor> AdvisorAsync(HelpdeskDb db, IEnumerable<Filter> filters, CancellationToken cancel) => new(
        filters,
        await db.Queues.Select(queue => queue.Name).ToListAsync(cancel),
        await db.Users.Where(user => user.Email != null).Select(user => user.Email!).ToListAsync(cancel));

    private static IEnumerable<string> Texts(Filter filter) =>
        [filter.Name, .. filter.Conditions.SelectMany(condition => new[] { condition.Field, condition.Value }), .. filter.Actions.SelectMany(action => new[] { action.Set, action.Value })];

    private static FilterDraft? Read(string? text)
    {
        if (text is null) return null;
        using var document = JsonDocument.Parse(text);
        var draft = new FilterDraft();
        FilterSection.Read(new JsonFields(document.RootElement, "", new Faults()), draft);
        return draft;
    }
}
