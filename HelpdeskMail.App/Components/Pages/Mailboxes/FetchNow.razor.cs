using System.Diagnostics;
using HelpdeskMail.Core;
using HelpdeskMail.Core.Fetching;
using Microsoft.AspNetCore.Components;

namespace HelpdeskMail.App.Components.Pages.Mailboxes;

/// <summary>The button that fetches one mailbox to the end, and says how far it is. A fetch goes on when the page is left.</summary>
public sealed partial class FetchNow(Fetcher fetcher, LiveUpdates live, ILogger<FetchNow> logger) : IDisposable, IProgress<FetchProgress>
{
    private static readonly TimeSpan RenderPause = TimeSpan.FromMilliseconds(150);

    /// <summary>How long another worker that has the mailbox is waited for: what it brings is not what was asked for, a look of our own is.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Stopwatch sinceRender = Stopwatch.StartNew();
    private bool gone;
    private bool running;
    private bool busyElsewhere;
    private bool broke;
    private FetchProgress? progress;
    private FetchResult? result;

    [Parameter, EditorRequired] public long MailboxId { get; set; }

    [Parameter, EditorRequired] public string Name { get; set; } = "";

    /// <summary>For a row of a list: a symbol, with the outcome in a few words beside it.</summary>
    [Parameter] public bool Compact { get; set; }

    /// <summary>Where <see cref="Compact"/> is off the page shows progress and outcome itself.</summary>
    [Parameter] public EventCallback<FetchView> Changed { get; set; }

    private string Progress => busyElsewhere ? T["FetchWaits"] : progress is null ? T["Fetching"] : T["FetchProgress", progress.Found, progress.Stored, progress.Decided];

    private string? Fault => broke ? T["FetchBroke"] : busyElsewhere ? T["FetchBusy"] : result?.Error?.Text;

    public void Dispose() => gone = true;

    // Called from the fetch's own thread, for every mail: only some are worth a render.
    void IProgress<FetchProgress>.Report(FetchProgress value)
    {
        (progress, busyElsewhere) = (value, false);
        if (gone || sinceRender.Elapsed < RenderPause) return;
        sinceRender.Restart();
        _ = InvokeAsync(ShowAsync);
    }

    public async Task FetchAsync()
    {
        if (running) return;
        (running, busyElsewhere, broke, progress, result) = (true, false, false, null, null);
        await ShowAsync();
        try
        {
            result = await Task.Run(() => fetcher.FetchAsync(MailboxId, this));
            if (result is null)
            {
                busyElsewhere = true;
                await ShowAsync();
                result = await Task.Run(() => fetcher.FetchWhenFreeAsync(MailboxId, Patience, this));
                busyElsewhere = result is null;
            }
        }
        catch (Exception fault)
        {
            broke = true;
            LogBroke(logger, fault, MailboxId);
        }

        running = false;
        live.Publish(LiveTopic.Mailboxes);
        await ShowAsync();
    }

    private Task ShowAsync()
    {
        if (gone) return Task.CompletedTask;
        StateHasChanged();
        return Changed.InvokeAsync(new FetchView(running, progress, result, busyElsewhere, broke));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Fetching mailbox {MailboxId} from its page broke off")]
    private static partial void LogBroke(ILogger logger, Exception fault, long mailboxId);
}
