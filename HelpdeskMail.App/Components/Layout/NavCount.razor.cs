using HelpdeskMail.Core;
using Microsoft.AspNetCore.Components;

namespace HelpdeskMail.App.Components.Layout;

/// <summary>A number that follows what happens, at most every two seconds: counting must not cost more than it tells.</summary>
public sealed partial class NavCount(LiveUpdates live, TimeProvider time, ILogger<NavCount> logger) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private int count;
    private bool gone;
    private bool waiting;

    [Parameter, EditorRequired] public Func<CancellationToken, Task<int>> Source { get; set; } = null!;

    public void Dispose()
    {
        gone = true;
        live.Changed -= OnChanged;
    }

    protected override Task OnInitializedAsync()
    {
        live.Changed += OnChanged;
        return CountAsync();
    }

    private void OnChanged(LiveTopic topic)
    {
        if (topic is (LiveTopic.Tickets or LiveTopic.Mailboxes) && !gone) _ = InvokeAsync(RefreshAsync);
    }

    private async Task RefreshAsync()
    {
        if (waiting) return;
        waiting = true;
        await Task.Delay(Pause, time);
        waiting = false;
        if (gone) return;
        await CountAsync();
        StateHasChanged();
    }

    private async Task CountAsync()
    {
        try
        {
            count = await Source(CancellationToken.None);
        }
        catch (Exception fault)
        {
            // A menu that cannot count must not take the page down with it.
            LogUncounted(logger, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What waits could not be counted")]
    private static partial void LogUncounted(ILogger logger, Exception fault);
}
