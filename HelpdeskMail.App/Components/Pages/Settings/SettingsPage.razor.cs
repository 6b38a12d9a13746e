using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Settings;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Radzen;

namespace HelpdeskMail.App.Components.Pages.Settings;

public sealed partial class SettingsPage(SettingsStore store, NotificationService notifications, IJSRuntime script)
{
    private const string On = "true";
    private const string Off = "false";

    private ElementReference form;
    private Loader<SettingsFormData>? loader;
    private SettingsFormData? data;
    private FormFaults faults = FormFaults.None;
    private bool focusFault;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!focusFault) return;
        focusFault = false;
        await script.InvokeVoidAsync("helpdesk.focusFault", form);
    }

    private static bool IsSwitch(ParameterRow row) => Parameters.Find(row.Key) is FlagParameter;

    private async Task<SettingsFormData?> LoadAsync(CancellationToken cancel) => data = new SettingsFormData(await store.ListAsync(cancel));

    private async Task SaveAsync()
    {
        if (data is null) return;
        var outcome = await store.SaveAsync(data.Changed());
        faults = new FormFaults(outcome.Errors);
        focusFault = faults.Any;
        if (faults.Any || loader is null) return;
        notifications.Notify(NotificationSeverity.Success, T["Saved"]);
        await loader.ReloadAsync();
    }

    private string ChoiceOf(string key, string value) => T[$"Choice.{key}.{value}"] is { ResourceNotFound: false } text ? text.Value : value;

    /// <summary>A parameter's name for people; a new one without a text is called by its key.</summary>
    private string NameOf(string key)
    {
        var text = T[$"Name.{key}"];
        return text.ResourceNotFound ? key : text.Value;
    }
}
