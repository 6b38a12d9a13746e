using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Quarantine;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Radzen;

namespace HelpdeskMail.App.Components.Pages.Quarantine;

public sealed partial class QuarantineBar(QuarantineActions actions, DialogService dialogs, ILogger<QuarantineBar> logger)
{
    private string? form;
    private bool busy;
    private bool broke;
    private bool nevertheless;
    private int megabytes = 64;
    private long? queueId;
    private string ticket = "";
    private string? text;
    private FormFaults faults = FormFaults.None;
    private IReadOnlyList<QuarantineResult>? results;

    [Parameter, EditorRequired] public IReadOnlyList<long> Ids { get; set; } = [];

    [Parameter, EditorRequired] public IReadOnlyList<QueueChoice> Queues { get; set; } = [];

    /// <summary>For the one item of a page.</summary>
    [Parameter] public bool OnlyOne { get; set; }

    /// <summary>It is on its server only: it can be fetched, turned away or given up, nothing else.</summary>
    [Parameter] public bool HeldBack { get; set; }

    /// <summary>Nobody could be told that it is turned away.</summary>
    [Parameter] public bool SenderUnknown { get; set; }

    [Parameter] public EventCallback Done { get; set; }

    [CascadingParameter] private Task<AuthenticationState>? Authentication { get; set; }

    private bool Off => busy || Ids.Count == 0;

    private Task OpenAsync(string wanted)
    {
        (form, faults, results, broke) = (form == wanted ? null : wanted, FormFaults.None, null, false);
        return Task.CompletedTask;
    }

    private async Task SubmitAsync()
    {
        QuarantineAction? action = form switch
        {
            "retry" => new QuarantineAction.Retry(nevertheless ? megabytes : null),
            "accept" => queueId is { } queue ? new QuarantineAction.Accept(queue) : null,
            "append" => new QuarantineAction.Append(ticket),
            "reject" => new QuarantineAction.Reject(text),
            _ => null,
        };
        if (action is null) faults = new FormFaults(new Dictionary<string, string[]> { ["queue"] = [T["QueueMissing"]] });
        else await ApplyAsync(action);
    }

    private async Task DeleteAsync()
    {
        var sure = await dialogs.Confirm(T["DeleteText"], Ids.Count == 1 ? T["DeleteOne"] : T["DeleteMany", Ids.Count], new ConfirmOptions { OkButtonText = T["Delete"], CancelButtonText = T["Cancel"] });
        if (sure is true) await ApplyAsync(new QuarantineAction.Delete());
    }

    private async Task ApplyAsync(QuarantineAction action)
    {
        if (Off) return;
        (busy, broke, results) = (true, false, null);
        try
        {
            var (ids, actor) = (Ids, await Authentication!.ActorAsync());
            var outcome = await Task.Run(() => actions.ApplyAsync(ids, action, actor));
            faults = outcome.Ok ? FormFaults.None : new FormFaults(outcome.Errors);
            if (outcome.Ok) (results, form) = (outcome.Value, null);
        }
        catch (Exception fault)
        {
            broke = true;
            LogBroke(logger, fault);
        }
        busy = false;
        if (results is not null) await Done.InvokeAsync();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An action on mails in quarantine broke off")]
    private static partial void LogBroke(ILogger logger, Exception fault);
}
