using System.Globalization;
using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.CommunicationLog;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace HelpdeskMail.App.Components.Pages.CommunicationLog;

/// <summary>Every connection and every message on its way, with figures over the time chosen. All of the choice is in the URL.</summary>
public sealed partial class LogList(CommunicationQueries log, NavigationManager navigation, IJSRuntime browser, TimeProvider time)
{
    private LogQuery query = LogQuery.Read(_ => null);
    private IReadOnlyList<string> accounts = [];
    private TimeZoneInfo zone = TimeZoneInfo.Utc;

    [SupplyParameterFromQuery(Name = "q")] public string? Text { get; set; }

    [SupplyParameterFromQuery] public string? Account { get; set; }

    [SupplyParameterFromQuery] public string? Kind { get; set; }

    [SupplyParameterFromQuery] public string? Direction { get; set; }

    [SupplyParameterFromQuery] public string? Status { get; set; }

    [SupplyParameterFromQuery] public string? Level { get; set; }

    [SupplyParameterFromQuery] public string? Range { get; set; }

    [SupplyParameterFromQuery] public string? From { get; set; }

    [SupplyParameterFromQuery] public string? To { get; set; }

    [SupplyParameterFromQuery] public string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "dir")] public string? Order { get; set; }

    [SupplyParameterFromQuery(Name = "page")] public string? PageText { get; set; }

    private IReadOnlyList<Choice<string>> AccountChoices =>
        [new("", T["AnyAccount"]), .. accounts.Union(query.Account is { } chosen ? [chosen] : []).Select(account => new Choice<string>(account, account))];

    private IReadOnlyList<Choice<string>> LevelChoices =>
        [new("", T["AnyLevel"]), .. Enum.GetValues<LogLevels>().Skip(1).Select(level => new Choice<string>(Name(level), level == LogLevels.Error ? T["Level.Error"] : T["LevelAndUp", T[$"Level.{level}"]]))];

    protected override void OnParametersSet() => query = LogQuery.Read(name => name switch
    {
        "q" => Text,
        "account" => Account,
        "kind" => Kind,
        "direction" => Direction,
        "status" => Status,
        "level" => Level,
        "range" => Range,
        "from" => From,
        "to" => To,
        "sort" => Sort,
        "dir" => Order,
        "page" => PageText,
        _ => null,
    });

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            await using var script = await browser.InvokeAsync<IJSObjectReference>("import", "/desk.js");
            if (await script.InvokeAsync<string?>("zone") is { Length: > 0 } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) && !found.Equals(zone))
            {
                zone = found;
                StateHasChanged();
            }
        }
        catch (JSDisconnectedException)
        {
            // The page was left.
        }
    }

    private async Task<LogView> LoadAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var (from, to) = query.Span(now, zone);
        accounts = await log.AccountsAsync(cancel);
        var filter = query.ToFilter(now, zone);
        var searched = query.Text is null ? null : await log.SearchAsync(filter, cancel);
        var listed = searched is null ? await log.ListAsync(filter, cancel) : null;
        var summary = await log.SummaryAsync(from ?? DateTime.SpecifyKind(DateTime.UnixEpoch, DateTimeKind.Utc), to ?? now.AddMinutes(1), cancel);
        return new(searched?.Items ?? listed!.Items, listed?.Total, searched?.Next, searched?.SearchedTo, summary, accounts);
    }

    private void SetDate(string name, ChangeEventArgs change) =>
        navigation.NavigateTo(navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { [name] = change.Value?.ToString() is { Length: > 0 } date ? date : null, ["page"] = null }));

    private static string? Iso(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Name<T>(T? value)
        where T : struct, Enum => value?.ToString().ToLowerInvariant() ?? "";

    private static string Name(LogLevels level) => level.ToString().ToLowerInvariant();

    private IReadOnlyList<Choice<string>> Choices<T>(string prefix, string any)
        where T : struct, Enum => [new("", any), .. Enum.GetValues<T>().Select(value => new Choice<string>(Name<T>(value), this.T[$"{prefix}.{value}"]))];
}
