using HelpdeskMail.Core;
using Microsoft.AspNetCore.Components;

namespace HelpdeskMail.App.Components.Layout;

/// <summary>Counts something at the start and whenever a topic changes. A bar that can't count doesn't take the page down with it.</summary>
public sealed partial class LiveCount(LiveUpdates live, TimeProvider time, ILogger<LiveCount> logger) : IDisposable
{
    private int count;
    private bool gone;
    private bool waiting;

    [Parameter, EditorRequired] public Func<CancellationToken, Task<int>> Source { get; set; } = null!;

    [Parameter, EditorRequired] public IReadOnlyList<LiveTopic> Topics { get; set; } = [];

    /// <summary>Changes within it are counted once: counting must not cost more than it tells.</summary>
    [Parameter] public TimeSpan Pause { get; set; }

    [Parameter, EditorRequired] public RenderFragment<int> ChildContent { get; set; } = null!;

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
        if (Topics.Contains(topic) && !gone) _ = InvokeAsync(RefreshAsync);
    }

    private async Task RefreshAsync()
    {
        if (waiting) return;
        if (Pause > TimeSpan.Zero)
        {
            waiting = true;
            await Task.Delay(Pause, time);
            waiting = false;
        }
        if (gone) return;
        await CountAsync();
        if (!gone) StateHasChanged();
    }

    private async Task CountAsync()
    {
        try
        {
            count = await Source(CancellationToken.None);
        }
        catch (Exception fault)
        {
            LogUncounted(logger, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What waits could not be counted")]
    private static partial void LogUncounted(ILogger logger, Exception fault);
}
