using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Outbound;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Radzen;

namespace HelpdeskMail.App.Components.Pages.OutboundAccounts;

public sealed partial class OutboundAccountForm(
    OutboundAccountDirectory accounts, OutboundAccountEditor editor, OutboundTester tester,
    NavigationManager navigation, NotificationService notifications, DialogService dialogs, IJSRuntime script)
{
    private static readonly string[] Fields = ["address", "displayName", "name", "host", "encryption", "port", "authenticate", "userName", "password", "pinnedCertificate", "isGlobal"];
    private ElementReference form;
    private TestSteps? test;
    private OutboundFormData? data;
    private FormFaults faults = FormFaults.None;
    private string provider = "";
    private bool focusFault;
    private bool saving;

    /// <summary>Null: a new account.</summary>
    [Parameter] public long? Id { get; set; }

    private ProviderPreset? Preset => ProviderPresets.All.FirstOrDefault(preset => preset.Key == provider);

    private IReadOnlyList<Choice<string>> Providers => [.. ProviderPresets.All.Select(preset => new Choice<string>(preset.Key, preset.Name)), new("", T["ProviderOther"])];

    private IReadOnlyList<Choice<Encryption>> Encryptions => [.. new[] { Encryption.Tls, Encryption.StartTls, Encryption.None }.Select(value => new Choice<Encryption>(value, T[$"Encryption.{value}"]))];

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!focusFault) return;
        focusFault = false;
        await script.InvokeVoidAsync("helpdesk.focusFault", form);
    }

    private async Task<OutboundFormData?> LoadAsync(CancellationToken cancel)
    {
        faults = FormFaults.None;
        var draft = Id is { } id ? await accounts.DraftAsync(id, cancel) : new OutboundAccountDraft();
        if (draft is null) return data = null;
        if (Id is null) draft.IsGlobal = !(await accounts.ListAsync(null, cancel)).Any(row => row.IsGlobal);
        data = new OutboundFormData(draft);
        provider = ProviderPresets.All.FirstOrDefault(preset => preset.Smtp.Host.Equals(draft.Host, StringComparison.OrdinalIgnoreCase))?.Key ?? "";
        return data;
    }

    private void AddressTyped(string? typed)
    {
        if (data is null) return;
        data.TakeAddress(typed?.Trim() ?? "");
        if (ProviderPresets.OfAddress(data.Draft.Address) is { } found) ChooseProvider(found.Key);
    }

    private void ChooseProvider(string key)
    {
        provider = key;
        if (Preset is { } preset) data?.TakeServer(preset.Smtp);
    }

    private async Task SaveAsync()
    {
        if (data is null || saving) return;
        saving = true;
        try
        {
            var outcome = await editor.SaveAsync(data.Draft);
            if (Refused(outcome.Errors)) return;
            notifications.Notify(NotificationSeverity.Success, T["Saved", data.Draft.Name]);
            navigation.NavigateTo("outbound-accounts");
        }
        finally
        {
            saving = false;
        }
    }

    private Task TestAsync()
    {
        var draft = data?.Draft;
        return draft is null || test is null ? Task.CompletedTask : test.RunAsync((options, cancel) => tester.TestAsync(draft, options, cancel));
    }

    private Task TrustAsync(string sha256)
    {
        if (data is null) return Task.CompletedTask;
        data.Draft.PinnedCertificate = sha256;
        notifications.Notify(NotificationSeverity.Info, T["Trusted.Now"]);
        return TestAsync();
    }

    private async Task RemoveAsync()
    {
        if (data?.Draft.Id is not { } id) return;
        var sure = await dialogs.Confirm(T["RemoveText"], T["RemoveTitle", data.SavedName], new ConfirmOptions { OkButtonText = T["Remove"], CancelButtonText = T["Cancel"] });
        if (sure is not true) return;
        var outcome = await editor.RemoveAsync(id);
        if (Refused(outcome.Errors)) return;
        notifications.Notify(NotificationSeverity.Success, T["Removed", data.SavedName]);
        navigation.NavigateTo("outbound-accounts");
    }

    private bool Refused(IReadOnlyDictionary<string, string[]> errors)
    {
        faults = new FormFaults(errors);
        return focusFault = faults.Any;
    }
}
