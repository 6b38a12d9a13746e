using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Settings;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Radzen;

namespace HelpdeskMail.App.Components.Pages.Mailboxes;

public sealed partial class MailboxForm(
    MailboxDirectory mailboxes, MailboxEditor editor, ConnectionTester tester, DepartmentDirectory departments, OutboundAccountDirectory accounts,
    MailOptions options, NavigationManager navigation, NotificationService notifications, DialogService dialogs, IJSRuntime script)
{
    private ElementReference form;
    private TestSteps? test;
    private MailboxFormData? data;
    private FormFaults faults = FormFaults.None;
    private string provider = "";
    private bool focusFault;
    private bool saving;

    /// <summary>Null: a new mailbox.</summary>
    [Parameter] public long? Id { get; set; }

    private string BackHref => Id is null ? "mailboxes" : $"mailboxes/{Id}";

    private string AllowedPorts => options.AllowedPorts.Text;

    private ProviderPreset? Preset => ProviderPresets.All.FirstOrDefault(preset => preset.Key == provider);

    private IReadOnlyList<Choice<string>> Providers => [.. ProviderPresets.All.Select(preset => new Choice<string>(preset.Key, preset.Name)), new("", T["ProviderOther"])];

    private IReadOnlyList<Choice<Encryption>> Encryptions => [.. new[] { Encryption.Tls, Encryption.StartTls, Encryption.None }.Select(value => new Choice<Encryption>(value, T[$"Encryption.{value}"]))];

    private IReadOnlyList<Choice<MailboxProtocol>> Protocols => [.. Enum.GetValues<MailboxProtocol>().Select(value => new Choice<MailboxProtocol>(value, T[$"Protocol.{value}"]))];

    // POP3 has neither folders nor marks: there it is delete or leave.
    private IReadOnlyList<Choice<AfterFetch>> AfterFetches => data?.IsImap is false
        ? [new(AfterFetch.Delete, T["AfterFetch.Delete"], T["AfterFetch.Delete.Hint"]), new(AfterFetch.MarkRead, T["AfterFetch.Leave"], T["AfterFetch.Leave.Hint"])]
        : [.. Enum.GetValues<AfterFetch>().Select(value => new Choice<AfterFetch>(value, T[$"AfterFetch.{value}"], T[$"AfterFetch.{value}.Hint"]))];

    private IReadOnlyList<Choice<FirstFetchKind>> FirstFetchKinds => [.. Enum.GetValues<FirstFetchKind>().Select(value => new Choice<FirstFetchKind>(value, T[$"FirstFetch.{value}"]))];

    private IReadOnlyList<Choice<Validity>> Validities => [.. Enum.GetValues<Validity>().Select(value => new Choice<Validity>(value, T[$"Validity.{value}"]))];

    private IReadOnlyList<Choice<DispatchMode>> Dispatches => [.. Enum.GetValues<DispatchMode>().Select(value => new Choice<DispatchMode>(value, T[$"Dispatch.{value}"]))];

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!focusFault) return;
        focusFault = false;
        await script.InvokeVoidAsync("helpdesk.focusFault", form);
    }

    private async Task<MailboxFormData?> LoadAsync(CancellationToken cancel)
    {
        faults = FormFaults.None;
        var draft = Id is { } id ? await mailboxes.DraftAsync(id, cancel) : new MailboxDraft();
        if (draft is null) return data = null;
        var queues = await departments.QueuesAsync(cancel);
        if (Id is null && queues.Count == 1) draft.QueueId = queues[0].Id;
        data = new MailboxFormData(draft, queues, await accounts.ListAsync(null, cancel), T["ReplyVia.None"]);
        provider = ProviderPresets.All.FirstOrDefault(preset => (draft.Protocol == MailboxProtocol.Imap ? preset.Imap : preset.Pop3)?.Host.Equals(draft.Host, StringComparison.OrdinalIgnoreCase) is true)?.Key ?? "";
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
        TakePreset();
    }

    private void ChooseProtocol(MailboxProtocol protocol)
    {
        data?.TakeProtocol(protocol);
        TakePreset();
    }

    private void TakePreset()
    {
        if (data is null || Preset is not { } preset) return;
        if (data.IsImap) data.TakeServer(preset.Imap);
        else if (preset.Pop3 is { } pop) data.TakeServer(pop);
    }

    private void ChooseEncryption(Encryption encryption) => data?.TakeEncryption(encryption);

    private void NameTyped(string? typed) => data?.TakeName(typed?.Trim() ?? "");

    private void UserNameTyped(string? typed) => data?.TakeUserName(typed?.Trim() ?? "");

    private async Task SaveAsync()
    {
        if (data is null || saving) return;
        saving = true;
        try
        {
            var outcome = await editor.SaveAsync(data.ToSave());
            if (Refused(outcome.Errors)) return;
            notifications.Notify(NotificationSeverity.Success, T["Saved", data.Draft.Name]);
            navigation.NavigateTo($"mailboxes/{outcome.Value}");
        }
        finally
        {
            saving = false;
        }
    }

    private Task TestAsync()
    {
        var draft = data?.ToSave();
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
        navigation.NavigateTo("mailboxes");
    }

    private bool Refused(IReadOnlyDictionary<string, string[]> errors)
    {
        faults = new FormFaults(errors);
        return focusFault = faults.Any;
    }
}
