using HelpdeskMail.Core;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Radzen;

namespace HelpdeskMail.App.Components.Shared;

/// <summary>What forms on a page of their own share: saving with faults shown and focused, removing after a question, and where to go then.</summary>
public abstract class SavingForm : ComponentBase
{
    private bool focusFault;

    [Inject] protected NavigationManager Navigation { get; set; } = null!;

    [Inject] protected NotificationService Notifications { get; set; } = null!;

    [Inject] protected DialogService Dialogs { get; set; } = null!;

    [Inject] protected IJSRuntime Script { get; set; } = null!;

    protected ElementReference Form { get; set; }

    protected FormFaults Faults { get; private set; } = FormFaults.None;

    /// <summary>The faults are why it could not be removed.</summary>
    protected bool RemovalRefused { get; private set; }

    protected bool Saving { get; private set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!focusFault) return;
        focusFault = false;
        await Script.InvokeVoidAsync("helpdesk.focusFault", Form);
    }

    protected void ForgetFaults() => Faults = FormFaults.None;

    /// <param name="saved">What is said when it went well.</param>
    /// <param name="next">Where to go then, by the saved id.</param>
    protected async Task SaveAsync(Func<Task<Outcome<long>>> save, Func<string> saved, Func<long, string> next)
    {
        if (Saving) return;
        Saving = true;
        try
        {
            var outcome = await save();
            RemovalRefused = false;
            if (Refused(outcome.Errors)) return;
            Notifications.Notify(NotificationSeverity.Success, saved());
            Navigation.NavigateTo(next(outcome.Value));
        }
        finally
        {
            Saving = false;
        }
    }

    protected async Task RemoveAsync(Func<Task<Outcome<bool>>> remove, string question, string title, ConfirmOptions buttons, string removed, string next)
    {
        if (await Dialogs.Confirm(question, title, buttons) is not true) return;
        var outcome = await remove();
        RemovalRefused = !outcome.Ok;
        if (Refused(outcome.Errors)) return;
        Notifications.Notify(NotificationSeverity.Success, removed);
        Navigation.NavigateTo(next);
    }

    private bool Refused(IReadOnlyDictionary<string, string[]> errors)
    {
        Faults = new FormFaults(errors);
        return focusFault = Faults.Any;
    }
}
