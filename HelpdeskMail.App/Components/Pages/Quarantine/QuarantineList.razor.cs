using System.Globalization;
using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Quarantine;
using Microsoft.AspNetCore.Components;

namespace HelpdeskMail.App.Components.Pages.Quarantine;

/// <summary>Everything that could not be processed, with what can be done about it, for one or for many. All of the choice is in the URL.</summary>
public sealed partial class QuarantineList(QuarantineQueries items, DepartmentDirectory departments)
{
    private readonly HashSet<long> chosen = [];
    private Loader<QuarantineListView>? loader;
    private QuarantineFilter filter = new();
    private IReadOnlyList<QuarantineCount> counts = [];

    [SupplyParameterFromQuery(Name = "q")] public string? Text { get; set; }

    [SupplyParameterFromQuery] public string? Show { get; set; }

    [SupplyParameterFromQuery] public string? Reason { get; set; }

    [SupplyParameterFromQuery(Name = "page")] public string? PageText { get; set; }

    private IReadOnlyList<Choice<string>> ReasonChoices =>
        [new("", T["Any"]), .. counts.Select(row => row.Reason).Union(filter.Reason is { } wanted ? [wanted] : []).Select(reason => new Choice<string>(reason, ReasonText(reason)))];

    protected override void OnParametersSet() => filter = new QuarantineFilter
    {
        Text = string.IsNullOrWhiteSpace(Text) ? null : Text.Trim(),
        Open = Show != "settled",
        Reason = Reason is { Length: > 0 } reason ? reason : null,
        After = PagePosition.Read(PageText)?.Id,
    };

    private async Task<QuarantineListView?> LoadAsync(CancellationToken cancel)
    {
        var part = await items.ListAsync(filter, cancel);
        chosen.IntersectWith(part.Items.Select(row => row.Item.Id)); // what is not to be seen is not acted on
        counts = await items.CountsAsync(filter.Open, cancel);
        return new(part, counts, await departments.QueuesAsync(cancel));
    }

    private IReadOnlyList<long> Chosen(QuarantineListView view) => [.. view.Part.Items.Select(row => row.Item.Id).Where(chosen.Contains)];

    private void Choose(long id, bool wanted)
    {
        if (wanted) chosen.Add(id);
        else chosen.Remove(id);
    }

    private void ChooseAll(QuarantineListView view, bool wanted)
    {
        foreach (var row in view.Part.Items) Choose(row.Item.Id, wanted);
    }

    private async Task DoneAsync()
    {
        chosen.Clear();
        if (loader is not null) await loader.ReloadAsync();
    }

    /// <summary>How many there are, in words; what a search finds is not counted, and nothing says so itself.</summary>
    private string? Count(QuarantineListView view)
    {
        var total = view.Counts.Where(row => filter.Reason is null || row.Reason == filter.Reason).Sum(row => row.Count);
        if (filter.Text is not null || total == 0) return null;
        return total == 1 ? T["RowsOne"] : T["Rows", total.ToString("N0", CultureInfo.CurrentCulture)];
    }

    private string ReasonText(string reason) => T[$"Reason.{reason}"] is { ResourceNotFound: false } text ? text.Value : reason;

    private string Title(QuarantineItem item) => string.IsNullOrWhiteSpace(item.Subject) ? item.StoredMailId is null ? T["NotFetched"] : T["NoSubject"] : item.Subject;
}
