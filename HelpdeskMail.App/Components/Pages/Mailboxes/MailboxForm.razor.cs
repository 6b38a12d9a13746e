using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Discovery;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Routing;
using HelpdeskMail.Core.Settings;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace HelpdeskMail.App.Components.Pages.Mailboxes;

public sealed partial class MailboxForm(
    MailboxDirectory mailboxes, MailboxEditor editor, ConnectionTester tester, MailboxFolders folderLists, DepartmentDirectory departments, OutboundAccountDirectory accounts, MailOptions options)
{
    private DiscoveryPanel? discovery;
    private MailboxFormData? data;
    private IReadOnlyList<FolderChoice>? folders;

    /// <summary>Null: a new mailbox.</summary>
    [Parameter] public long? Id { get; set; }

    /// <summary>A new one for another folder of this mailbox's account.</summary>
    [SupplyParameterFromQuery] public long? From { get; set; }

    private string BackHref => Id is null ? "mailboxes" : $"mailboxes/{Id}";

    private string AllowedPorts => options.AllowedPorts.Text;

    private IReadOnlyList<MailService> Services => data?.IsImap is false ? [MailService.Pop3, MailService.Imap] : [MailService.Imap, MailService.Pop3];

    private IReadOnlyList<Choice<Encryption>> Encryptions => [.. new[] { Encryption.Tls, Encryption.StartTls, Encryption.None }.Select(value => new Choice<Encryption>(value, T[$"Encryption.{value}"]))];

    private IReadOnlyList<Choice<MailboxProtocol>> Protocols => [.. Enum.GetValues<MailboxProtocol>().Select(value => new Choice<MailboxProtocol>(value, T[$"Protocol.{value}"]))];

    // POP3 has neither folders nor marks: there it is delete or leave.
    private IReadOnlyList<Choice<AfterFetch>> AfterFetches => data?.IsImap is false
        ? [new(AfterFetch.Delete, T["AfterFetch.Delete"], T["AfterFetch.Delete.Hint"]), new(AfterFetch.MarkRead, T["AfterFetch.Leave"], T["AfterFetch.Leave.Hint"])]
        : [.. Enum.GetValues<AfterFetch>().Select(value => new Choice<AfterFetch>(value, T[$"AfterFetch.{value}"], T[$"AfterFetch.{value}.Hint"]))];

    private IReadOnlyList<Choice<FirstFetchKind>> FirstFetchKinds => [.. Enum.GetValues<FirstFetchKind>().Select(value => new Choice<FirstFetchKind>(value, T[$"FirstFetch.{value}"]))];

    private IReadOnlyList<Choice<Validity>> Validities => [.. Enum.GetValues<Validity>().Select(value => new Choice<Validity>(value, T[$"Validity.{value}"]))];

    private IReadOnlyList<Choice<DispatchMode>> Dispatches => [.. Enum.GetValues<DispatchMode>().Select(value => new Choice<DispatchMode>(value, T[$"Dispatch.{value}"]))];

    private IReadOnlyList<Choice<ReplyToPolicy?>> ReplyTos => [new(null, T["ReplyTo.None"]), .. Enum.GetValues<ReplyToPolicy>().Select(value => new Choice<ReplyToPolicy?>(value, T[$"ReplyTo.{value}"]))];

    private async Task<MailboxFormData?> LoadAsync(CancellationToken cancel)
    {
        ForgetFaults();
        var draft = Id is { } id ? await mailboxes.DraftAsync(id, cancel) : From is { } from ? await mailboxes.AnotherFolderAsync(from, cancel) : new MailboxDraft();
        if (draft is null) return data = null;
        var fetched = Id is { } saved && (await mailboxes.GetAsync(saved, cancel))?.Status.CursorFolder is not null;
        var queues = await departments.QueuesAsync(cancel);
        if (Id is null && queues.Count == 1) draft.QueueId = queues[0].Id;
        data = new MailboxFormData(draft, queues, await accounts.ListAsync(null, cancel), T["ReplyVia.None"]) { MayPreview = !fetched };
        Provider = ProviderPresets.All.FirstOrDefault(preset => (draft.Protocol == MailboxProtocol.Imap ? preset.Imap : preset.Pop3)?.Host.Equals(draft.Host, StringComparison.OrdinalIgnoreCase) is true)?.Key ?? "";
        return data;
    }

    private async Task AddressTypedAsync(string? typed)
    {
        if (data is null || data.Draft.Address == typed?.Trim()) return;
        data.TakeAddress(typed?.Trim() ?? "");
        discovery?.Forget();
        if (ProviderPresets.OfAddress(data.Draft.Address) is { } found) ChooseProvider(found.Key);
        else if (data.Draft.Host.Length == 0 && data.Draft.Address.Contains('@', StringComparison.Ordinal) && discovery is not null) await discovery.FindAsync(data.Draft.Address, fill: true);
    }

    private void TakeFound(FoundServer server)
    {
        data?.TakeProtocol(server.Service == MailService.Pop3 ? MailboxProtocol.Pop3 : MailboxProtocol.Imap);
        data?.TakeServer(server.Server);
        data?.TakeUserName(server.UserName);
    }

    private void ChooseProvider(string key)
    {
        Provider = key;
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

    private async Task<FolderList> FoldersAsync()
    {
        if (data is null) return new FolderList([], null);
        var list = await folderLists.ListAsync(data.ToSave());
        folders = list.Error is null ? list.Folders : null;
        return list;
    }

    private Task SaveAsync() => data is { } form ? SaveAsync(() => editor.SaveAsync(form.ToSave()), () => T["Saved", form.Draft.Name], id => $"mailboxes/{id}") : Task.CompletedTask;

    private Task TestAsync()
    {
        var draft = data?.ToSave();
        return draft is null || Test is null ? Task.CompletedTask : Test.RunAsync((options, cancel) => tester.TestAsync(draft, options, cancel));
    }

    private Task TrustAsync(string sha256)
    {
        if (data is null) return Task.CompletedTask;
        data.Draft.PinnedCertificate = sha256;
        Notifications.Notify(NotificationSeverity.Info, T["Trusted.Now"]);
        return TestAsync();
    }

    private Task RemoveAsync() => data?.Draft.Id is { } id
        ? RemoveAsync(() => editor.RemoveAsync(id), T["RemoveText"], T["RemoveTitle", data.SavedName], new ConfirmOptions { OkButtonText = T["Remove"], CancelButtonText = T["Cancel"] }, T["Removed", data.SavedName], "mailboxes")
        : Task.CompletedTask;
}
