using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core;
using HelpdeskMail.Core.Alerts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace HelpdeskMail.App.Components.Layout;

/// <summary>The bell of the top bar: how many alerts the viewer has not read.</summary>
public sealed partial class AlertBell(AlertQueries alerts, LiveUpdates live, ILogger<AlertBell> logger) : IDisposable
{
    private int count;
    private bool gone;

    [CascadingParameter] private Task<AuthenticationState>? Authentication { get; set; }

    private string Text => count switch { 0 => T["NoAlerts"], 1 => T["OneAlert"], _ => T["Alerts", count] };

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

    private async Task CountAsync()
    {
        try
        {
            if (Authentication is not null && (await Authentication.ActorAsync()).Id is { } me) count = await alerts.UnreadAsync(me);
        }
        catch (Exception fault)
        {
            // A bar that cannot count must not take the page down with it.
            LogUncounted(logger, fault);
        }
    }

    private void OnChanged(LiveTopic topic)
    {
        if (topic == LiveTopic.Mailboxes && !gone) _ = InvokeAsync(RefreshAsync);
    }

    private async Task RefreshAsync()
    {
        await CountAsync();
        if (!gone) StateHasChanged();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Unread alerts could not be counted")]
    private static partial void LogUncounted(ILogger logger, Exception fault);
}
