using HelpdeskMail.Core;
using Microsoft.AspNetCore.Components;

namespace HelpdeskMail.App.Components.Shared;

/// <summary>Loads what a page shows, says so while it does and when it can't, and loads again when something changed.</summary>
public sealed partial class Loader<TItem>(LiveUpdates live, ILogger<Loader<TItem>> logger) : IDisposable
    where TItem : class
{
    private readonly CancellationTokenSource gone = new();
    private TItem? item;
    private bool loaded;
    private bool failed;
    private object? loadedKey;
    private bool busy;
    private bool again;

    /// <summary>Null: there is no such thing.</summary>
    [Parameter, EditorRequired] public Func<CancellationToken, Task<TItem?>> Source { get; set; } = null!;

    [Parameter, EditorRequired] public RenderFragment<TItem> ChildContent { get; set; } = null!;

    /// <summary>Shown where there is nothing of that kind, such as an id that doesn't exist.</summary>
    [Parameter] public RenderFragment? Missing { get; set; }

    /// <summary>The content brings the page's head: until it is there, one stands in for it.</summary>
    [Parameter] public bool Whole { get; set; }

    /// <summary>What the content depends on, such as the filter of the URL: another key loads again, and what is shown stays until then.</summary>
    [Parameter] public object? Key { get; set; }

    /// <summary>Changes of this topic, by whomever, load again.</summary>
    [Parameter] public LiveTopic? Topic { get; set; }

    public void Dispose()
    {
        live.Changed -= OnChanged;
        gone.Cancel();
        gone.Dispose();
    }

    /// <summary>Loads again. Calls while it does are answered by one more load after it.</summary>
    public async Task ReloadAsync()
    {
        again = true;
        if (busy) return;
        busy = true;
        try
        {
            while (again && !gone.IsCancellationRequested)
            {
                again = false;
                await LoadAsync();
                StateHasChanged();
            }
        }
        finally
        {
            busy = false;
        }
    }

    protected override void OnInitialized() => live.Changed += OnChanged;

    protected override Task OnParametersSetAsync()
    {
        if ((loaded || failed || busy) && Equals(Key, loadedKey)) return Task.CompletedTask;
        loadedKey = Key;
        return ReloadAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            item = await Source(gone.Token);
            loaded = true;
            failed = false;
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception fault) when (fault is not NavigationException) // a redirect while prerendering isn't a fault
        {
            failed = true;
            LogFailed(logger, fault);
        }
    }

    private void OnChanged(LiveTopic topic)
    {
        if (topic == Topic && !gone.IsCancellationRequested) _ = InvokeAsync(ReloadAsync);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A page could not load its content")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
