using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Discovery;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Outbound;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace HelpdeskMail.App.Components.Pages.OutboundAccounts;

public sealed partial class OutboundAccountForm(OutboundAccountDirectory accounts, OutboundAccountEditor editor, OutboundTester tester)
{
    private static readonly string[] Fields = ["address", "displayName", "name", "host", "encryption", "port", "authenticate", "userName", "password", "pinnedCertificate", "isGlobal"];
    private DiscoveryPanel? discovery;
    private OutboundFormData? data;

    /// <summary>Null: a new account.</summary>
    [Parameter] public long? Id { get; set; }

    private IReadOnlyList<Choice<Encryption>> Encryptions => [.. new[] { Encryption.Tls, Encryption.StartTls, Encryption.None }.Select(value => new Choice<Encryption>(value, T[$"Encryption.{value}"]))];

    private async Task<OutboundFormData?> LoadAsync(CancellationToken cancel)
    {
        ForgetFaults();
        var draft = Id is { } id ? await accounts.DraftAsync(id, cancel) : new OutboundAccountDraft();
        if (draft is null) return data = null;
        if (Id is null) draft.IsGlobal = !(await accounts.ListAsync(null, cancel)).Any(row => row.IsGlobal);
        data = new OutboundFormData(draft);
        Provider = ProviderPresets.All.FirstOrDefault(preset => preset.Smtp.Host.Equals(draft.Host, StringComparison.OrdinalIgnoreCase))?.Key ?? "";
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
        if (data is null) return;
        data.TakeServer(server.Server);
        data.Draft.UserName = server.UserName;
    }

    private void ChooseProvider(string key)
    {
        Provider = key;
        if (Preset is { } preset) data?.TakeServer(preset.Smtp);
    }

    private Task SaveAsync() => data is { } form ? SaveAsync(() => editor.SaveAsync(form.Draft), () => T["Saved", form.Draft.Name], _ => "outbound-accounts") : Task.CompletedTask;

    private Task TestAsync()
    {
        var draft = data?.Draft;
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
        ? RemoveAsync(() => editor.RemoveAsync(id), T["RemoveText"], T["RemoveTitle", data.SavedName], new ConfirmOptions { OkButtonText = T["Remove"], CancelButtonText = T["Cancel"] }, T["Removed", data.SavedName], "outbound-accounts")
        : Task.CompletedTask;
}
