using HelpdeskMail.Core;
using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.App.Components.Layout;

/// <summary>The warning triangle of the top bar: how many mailboxes are in error now.</summary>
public sealed partial class MailboxAlarm(MailboxDirectory mailboxes, LiveUpdates live, ILogger<MailboxAlarm> logger) : IDisposable
{
    private int count;
    private bool gone;

    private string Text => count == 1 ? T["OneInErrorTitle"] : T["InErrorTitle", count];

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
            count = await mailboxes.InErrorAsync();
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mailboxes in error could not be counted")]
    private static partial void LogUncounted(ILogger logger, Exception fault);
}
