using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Routing.Loops;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Radzen;

namespace HelpdeskMail.App.Components.Pages.Loops;

/// <summary>A stopped sender: what happened, and the ways on. What will happen to the mails that were held back is asked before anything is done.</summary>
public sealed partial class LoopPage(LoopDesk loops, DialogService dialogs, ILogger<LoopPage> logger)
{
    private Loader<LoopStory>? loader;
    private bool release = true;
    private bool busy;
    private bool broke;
    private int? released;
    private FormFaults faults = FormFaults.None;

    [Parameter] public long Id { get; set; }

    [CascadingParameter] private Task<AuthenticationState>? Authentication { get; set; }

    private Task<LoopStory?> LoadAsync(CancellationToken cancel) => loops.GetAsync(Id, cancel);

    private async Task AllowAsync(LoopStory story, LoopAllow allow)
    {
        var sender = story.Row.Incident.Sender;
        var entry = allow == LoopAllow.Domain ? Domain(sender) : sender;
        var fate = story.Waiting == 0 ? "" : story.Row.Incident.ResumedAt is not null || release ? T["AllowReleases", story.Waiting] : T["AllowLeaves", story.Waiting];
        var text = $"{(allow == LoopAllow.Domain ? T["AllowDomainText", entry] : T["AllowText", entry])} {fate}".TrimEnd();
        var sure = await dialogs.Confirm(text, T["Allow", entry], new ConfirmOptions { OkButtonText = T["AllowOk"], CancelButtonText = T["Cancel"] });
        if (sure is true) await ResumeAsync(story, story.Row.Incident.ResumedAt is not null || release, allow);
    }

    private async Task ResumeAsync(LoopStory story, bool withMails, LoopAllow? allow)
    {
        if (busy) return;
        (busy, broke, released, faults) = (true, false, null, FormFaults.None);
        try
        {
            var actor = await Authentication!.ActorAsync();
            var outcome = await Task.Run(() => loops.ResumeAsync(story.Row.Incident.Id, withMails && story.Waiting > 0, actor, allow));
            (released, faults) = (outcome.Ok ? outcome.Value : null, outcome.Ok ? FormFaults.None : new FormFaults(outcome.Errors));
        }
        catch (Exception fault)
        {
            broke = true;
            LogBroke(logger, fault);
        }
        busy = false;
        if (loader is not null) await loader.ReloadAsync();
    }

    private static string Domain(string sender) => sender[Math.Max(0, sender.LastIndexOf('@'))..];

    [LoggerMessage(Level = LogLevel.Error, Message = "Letting a stopped sender in again broke off")]
    private static partial void LogBroke(ILogger logger, Exception fault);
}
