using System.Globalization;
using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Tickets;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;

namespace HelpdeskMail.App.Components.Pages.Tickets;

/// <summary>
/// The list of tickets: everything chosen is in the URL, and only one page of rows is ever loaded. New tickets appear by themselves;
/// while somebody is at a row they wait behind a button instead of moving it away under the pointer.
/// </summary>
public sealed partial class TicketList(
    TicketQueries tickets, DepartmentDirectory departments, LiveUpdates live, NavigationManager navigation, IJSRuntime browser, TimeProvider time, ILogger<TicketList> logger) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(3);
    private readonly CancellationTokenSource gone = new();
    private TicketListQuery query = TicketListQuery.Read(null, null, null, null, null, null, null);
    private TicketListQuery? loaded;
    private Page<TicketRow>? page;
    private Page<TicketRow>? waiting;
    private int waitingCount;
    private HashSet<long> fresh = [];
    private IReadOnlyList<Choice<string>> queueChoices = [];
    private IReadOnlyList<Choice<string>> stateChoices = [];
    private IReadOnlyList<Choice<string>> ownerChoices = [];
    private string announcement = "";
    private string? me;
    private bool failed;
    private bool loading;
    private Refresher? refresher;
    private ElementReference list;
    private IJSObjectReference? script;

    [SupplyParameterFromQuery(Name = "q")] public string? Text { get; set; }

    [SupplyParameterFromQuery] public string? Queue { get; set; }

    [SupplyParameterFromQuery] public string? State { get; set; }

    [SupplyParameterFromQuery] public string? Owner { get; set; }

    [SupplyParameterFromQuery] public string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "dir")] public string? Direction { get; set; }

    [SupplyParameterFromQuery(Name = "page")] public string? PageText { get; set; }

    [CascadingParameter] private Task<AuthenticationState>? Authentication { get; set; }

    private NavigationManager Navigation => navigation;

    public async ValueTask DisposeAsync()
    {
        live.Changed -= OnChanged;
        await gone.CancelAsync();
        gone.Dispose();
        try
        {
            if (script is not null) await script.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its script with it.
        }
    }

    protected override async Task OnInitializedAsync()
    {
        refresher = new Refresher(RefreshAsync, Pause, time);
        live.Changed += OnChanged;
        me = Authentication is null ? null : (await Authentication.ActorAsync()).Id;
        stateChoices =
        [
            new("", T["State.Active"]), new("new", T["State.New"]), new("open", T["State.Open"]), new("pending", T["State.Pending"]),
            new("closed", T["State.Closed"]), new("merged", T["State.Merged"]), new("all", T["State.All"]),
        ];
        queueChoices = [new("", T["AnyQueue"])];
        ownerChoices = [new("", T["Anybody"]), new("me", T["Me"]), new("none", T["Nobody"])];
        try
        {
            queueChoices = [.. queueChoices, .. (await departments.QueuesAsync(gone.Token)).Select(queue => new Choice<string>(queue.Id.ToString(CultureInfo.InvariantCulture), queue.Name))];
            ownerChoices = [.. ownerChoices, .. (await tickets.OwnersAsync(gone.Token)).Where(owner => owner.Id != me).Select(owner => new Choice<string>(owner.Id, owner.Name))];
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            failed = true;
            LogFailed(logger, fault);
        }
    }

    protected override Task OnParametersSetAsync()
    {
        query = TicketListQuery.Read(
            Text, long.TryParse(Queue, CultureInfo.InvariantCulture, out var queue) ? queue : null, State, Owner, Sort, Direction, int.TryParse(PageText, CultureInfo.InvariantCulture, out var number) ? number : null);
        return query == loaded ? Task.CompletedTask : LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        script = await browser.InvokeAsync<IJSObjectReference>("import", "/desk.js");
    }

    private async Task LoadAsync()
    {
        loaded = query;
        loading = true;
        try
        {
            var wanted = query;
            var found = await tickets.ListAsync(wanted.ToFilter(me), gone.Token);
            if (wanted != query) return; // another choice was made meanwhile
            (page, waiting, failed, loading) = (found, null, false, false);
            fresh = [];
            announcement = T["Found", found.Total];
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception fault)
        {
            (failed, loading) = (true, false);
            LogFailed(logger, fault);
        }
    }

    private void OnChanged(LiveTopic topic)
    {
        if (topic == LiveTopic.Tickets && !gone.IsCancellationRequested) _ = InvokeAsync(() => refresher!.AskAsync(gone.Token));
    }

    private async Task RefreshAsync()
    {
        try
        {
            var wanted = query;
            var found = await tickets.ListAsync(wanted.ToFilter(me), gone.Token);
            if (wanted == query) await TakeAsync(found);
        }
        catch (Exception fault) when (!gone.IsCancellationRequested)
        {
            // What is shown stays: the next change tries again.
            LogFailed(logger, fault);
        }
    }

    private async Task TakeAsync(Page<TicketRow> found)
    {
        var shown = page?.Items ?? [];
        var before = shown.Select(row => row.Id).ToHashSet();
        if (shown.Select(row => row.Id).SequenceEqual(found.Items.Select(row => row.Id)))
        {
            (page, waiting) = (found, null);
        }
        else if (await IsReadingAsync())
        {
            var news = found.Items.ToDictionary(row => row.Id);
            page = new Page<TicketRow>([.. shown.Select(row => news.GetValueOrDefault(row.Id, row))], found.Total);
            waitingCount = Math.Max(1, found.Items.Count(row => !before.Contains(row.Id)));
            if (waiting is null) _ = InvokeAsync(ShowWhenIdleAsync);
            waiting = found;
        }
        else
        {
            Show(found);
        }

        StateHasChanged();
    }

    private void ShowWaiting()
    {
        if (waiting is not null) Show(waiting);
    }

    private void Show(Page<TicketRow> found)
    {
        var before = page?.Items.Select(row => row.Id).ToHashSet() ?? [];
        fresh = [.. found.Items.Select(row => row.Id).Where(id => !before.Contains(id))];
        if (fresh.Count > 0) announcement = fresh.Count == 1 ? T["OneNew"] : T["ManyNew", fresh.Count];
        (page, waiting) = (found, null);
    }

    private async Task ShowWhenIdleAsync()
    {
        try
        {
            do
            {
                await Task.Delay(LookAgain, time, gone.Token);
            }
            while (waiting is not null && await IsReadingAsync());
            ShowWaiting();
            StateHasChanged();
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    /// <summary>Whether rows must not move now: the list is scrolled, or the pointer or the keyboard was at a row just now.</summary>
    private async Task<bool> IsReadingAsync()
    {
        try
        {
            return script is not null && await script.InvokeAsync<bool>("isReading", gone.Token, list);
        }
        catch (JSException)
        {
            return false; // the list was replaced by another part of the page
        }
        catch (JSDisconnectedException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The ticket list could not be loaded")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
