using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Routing.Addresses;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace HelpdeskMail.App.Components.Pages.Addresses;

public sealed partial class AliasDomainForm(AddressDirectory addresses, AliasDomainEditor editor, MailboxDirectory mailboxes)
{
    private static readonly string[] Fields = ["domain", "companyAddress", "catchall", "bounce", "default"];
    private AliasDomainFormData? data;

    /// <summary>Null: a new one.</summary>
    [Parameter] public long? Id { get; set; }

    private async Task<AliasDomainFormData?> LoadAsync(CancellationToken cancel)
    {
        ForgetFaults();
        var all = await addresses.DomainsAsync(null, cancel);
        var saved = all.FirstOrDefault(row => row.Id == Id);
        var draft = Id is { } id ? await addresses.DomainDraftAsync(id, cancel) : new AliasDomainDraft { IsDefault = all.Count == 0 };
        if (draft is null || (Id is not null && saved is null)) return data = null;
        var boxes = (await mailboxes.ListAsync(null, cancel)).Where(row => row.Validity == Validity.Valid).Select(row => row.Address).Distinct(StringComparer.OrdinalIgnoreCase);
        return data = new AliasDomainFormData(draft, saved, all.All(row => row.Id == Id), [.. boxes]);
    }

    private Task SaveAsync() => data is { } form ? SaveAsync(() => editor.SaveAsync(form.Draft), () => T["Saved", form.Domain], _ => "addresses") : Task.CompletedTask;

    private Task ForgetAsync(RetiredDomain earlier) => RemoveAsync(
        () => editor.ForgetNameAsync(earlier.Id), T["ForgetNameText", earlier.Domain], T["ForgetNameOf", earlier.Domain],
        new ConfirmOptions { OkButtonText = T["ForgetName"], CancelButtonText = T["Cancel"] }, T["Forgotten", earlier.Domain], "addresses");

    private Task RemoveAsync() => data?.Saved is { } saved
        ? RemoveAsync(
            () => editor.RemoveAsync(saved.Id), T["RemoveDomainText", saved.CatchallAddress, saved.BounceAddress], T["RemoveTitle", saved.Domain],
            new ConfirmOptions { OkButtonText = T["Remove"], CancelButtonText = T["Cancel"] }, T["Removed", saved.Domain], "addresses")
        : Task.CompletedTask;
}
