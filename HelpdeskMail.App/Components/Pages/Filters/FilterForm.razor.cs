using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Routing.Filters;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using Radzen;
using FilterOperator = HelpdeskMail.Core.Routing.Filters.FilterOperator;

namespace HelpdeskMail.App.Components.Pages.Filters;

/// <summary>Adds and changes a filter; tries it on stored mail before it is saved.</summary>
public sealed partial class FilterForm(
    FilterDirectory filters, FilterEditor editor, FilterTrial trial, DepartmentDirectory departments, UserAdministration users, DialogService dialogs, NotificationService notifications,
    NavigationManager navigation, IJSRuntime script, ILogger<FilterForm> logger) : IDisposable
{
    /// <summary>Suggested; any header's name will do.</summary>
    private static readonly string[] Fields =
        ["Subject", "From", "To", "Cc", "body", "recipient", "attachmentCount", "authentication", "Reply-To", "Sender", "Return-Path", "List-Id", "Auto-Submitted", "Precedence", "X-Spam-Flag", "X-Spam-Status", "X-Mailer", "Content-Type"];

    private readonly CancellationTokenSource gone = new();
    private FormFaults faults = FormFaults.None;
    private IReadOnlyList<FilterAdvice> advice = [];
    private ElementReference form;
    private CancellationTokenSource? trying;
    private TrialResult? result;
    private int mails = FilterTrial.DefaultMails;
    private int examined;
    private bool broke;
    private bool stale;
    private bool showFault;

    [Parameter] public long? Id { get; set; }

    [CascadingParameter] private Task<AuthenticationState>? Authentication { get; set; }

    private static FilterCondition NewCondition => new("Subject", FilterOperator.Contains, false, "");

    private static FilterAction NewAction => new("queue", "");

    private IReadOnlyList<Choice<FilterMatch>> Matches => [.. Enum.GetValues<FilterMatch>().Select(match => new Choice<FilterMatch>(match, T[$"Match.{match}"]))];

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!showFault) return;
        showFault = false;
        await script.InvokeVoidAsync("helpdesk.focusFault", form);
    }

    private async Task<FilterFormData?> LoadAsync(CancellationToken cancel)
    {
        var draft = Id is { } id ? await filters.DraftAsync(id, cancel) : new FilterDraft { Conditions = [NewCondition], Actions = [NewAction] };
        if (draft is null) return null;
        (faults, result, broke) = (FormFaults.None, null, false);
        advice = Id is null ? [] : await filters.AdviceAsync(draft, cancel);
        return new(draft, draft.Name, await departments.QueuesAsync(cancel), await users.ListAsync(cancel: cancel));
    }

    private async Task ChangedAsync(FilterDraft draft)
    {
        stale = true;
        advice = await filters.AdviceAsync(Copy(draft), gone.Token);
    }

    /// <summary>The faults are under places that have moved up.</summary>
    private Task RemovedAsync(FilterDraft draft)
    {
        faults = FormFaults.None;
        return ChangedAsync(draft);
    }

    private async Task SaveAsync(FilterDraft draft)
    {
        var saved = await editor.SaveAsync(draft, await Authentication!.ActorAsync());
        faults = new FormFaults(saved.Errors);
        showFault = faults.Any;
        if (faults.Any) return;
        notifications.Notify(NotificationSeverity.Success, T["Saved", draft.Name]);
        navigation.NavigateTo("filters");
    }

    private async Task RemoveAsync(FilterFormData data)
    {
        var sure = await dialogs.Confirm(T["RemoveText"], T["RemoveTitle", data.SavedName], new ConfirmOptions { OkButtonText = T["Delete"], CancelButtonText = T["Cancel"] });
        if (sure is not true || data.Draft.Id is not { } id) return;
        var removed = await editor.RemoveAsync(id, await Authentication!.ActorAsync());
        if (removed.Ok) notifications.Notify(NotificationSeverity.Success, T["Removed", data.SavedName]);
        navigation.NavigateTo("filters");
    }

    private async Task TryAsync(FilterDraft draft)
    {
        if (trying is not null) return;
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(gone.Token);
        (trying, result, broke, stale, examined) = (cancel, null, false, false, 0);
        try
        {
            var (copy, wanted) = (Copy(draft), mails);
            var progress = new Progress<int>(count =>
            {
                if (gone.IsCancellationRequested) return;
                examined = count;
                StateHasChanged();
            });
            var tried = await Task.Run(() => trial.RunAsync(copy, wanted, progress, cancel.Token), cancel.Token);
            faults = new FormFaults(tried.Errors);
            showFault = faults.Any;
            result = tried.Ok ? tried.Value : null;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Stopped, or the page was left.
        }
        catch (Exception fault)
        {
            broke = true;
            LogBroke(logger, fault);
        }
        trying = null;
    }

    /// <summary>Checking a draft tidies it; the one in the form stays as it was typed.</summary>
    private static FilterDraft Copy(FilterDraft draft) =>
        new() { Id = draft.Id, Name = draft.Name, Order = draft.Order, Stop = draft.Stop, Match = draft.Match, Conditions = [.. draft.Conditions], Actions = [.. draft.Actions] };

    private static string[] ShownFields(FilterDraft draft) =>
    [
        "name", "order", "match", "conditions", "actions", "mails",
        .. draft.Conditions.SelectMany((_, index) => new[] { $"conditions[{index}].field", $"conditions[{index}].operator", $"conditions[{index}].value" }),
        .. draft.Actions.SelectMany((_, index) => new[] { $"actions[{index}].set", $"actions[{index}].value" }),
    ];

    [LoggerMessage(Level = LogLevel.Error, Message = "The trial of a filter broke off")]
    private static partial void LogBroke(ILogger logger, Exception fault);
}
