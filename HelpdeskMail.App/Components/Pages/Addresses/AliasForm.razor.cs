using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Routing.Addresses;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace HelpdeskMail.App.Components.Pages.Addresses;

public sealed partial class AliasForm(AddressDirectory addresses, AliasEditor editor, DepartmentDirectory departments)
{
    private static readonly string[] Fields = ["localPart", "domain", "queue", "localPartDetection", "whoMayWrite", "refusal"];
    private AliasFormData? data;

    /// <summary>Null: a new one.</summary>
    [Parameter] public long? Id { get; set; }

    /// <summary>The queue that a new alias is for.</summary>
    [SupplyParameterFromQuery] public long? Queue { get; set; }

    private IReadOnlyList<Choice<WhoMayWrite>> Writers => [.. Enum.GetValues<WhoMayWrite>().Select(value => new Choice<WhoMayWrite>(value, T[$"WhoMayWrite.{value}"], T[$"WhoMayWrite.{value}.Hint"]))];

    private async Task<AliasFormData?> LoadAsync(CancellationToken cancel)
    {
        ForgetFaults();
        var domains = await addresses.DomainsAsync(null, cancel);
        var queues = await departments.QueuesAsync(cancel);
        var draft = Id is { } id ? await addresses.AliasDraftAsync(id, cancel) : await NewAsync(domains, queues, cancel);
        if (draft is null) return data = null;
        data = new AliasFormData(draft, null, domains, queues);
        return data = Id is null ? data : data with { SavedAddress = data.Address };
    }

    // The domain of the queue's department is the one that its mail is sent under, so an alias there is what customers see.
    private async Task<AliasDraft> NewAsync(IReadOnlyList<AliasDomainRow> domains, IReadOnlyList<QueueChoice> queues, CancellationToken cancel)
    {
        var queue = queues.FirstOrDefault(row => row.Id == Queue) ?? (queues.Count == 1 ? queues[0] : null);
        var department = queue is null ? null : (await departments.ListAsync(cancel)).FirstOrDefault(row => row.Queues.Any(own => own.Id == queue.Id));
        return new AliasDraft { QueueId = queue?.Id, AliasDomainId = department?.AliasDomainId ?? domains.FirstOrDefault(row => row.IsDefault)?.Id };
    }

    private Task SaveAsync() => data is { } form ? SaveAsync(() => editor.SaveAsync(form.Draft), () => T["Saved", form.Address], _ => "addresses/aliases") : Task.CompletedTask;

    private Task RemoveAsync() => data is { SavedAddress: { } address, Draft.Id: { } id }
        ? RemoveAsync(
            () => editor.RemoveAsync(id), T["RemoveAliasText"], T["RemoveTitle", address],
            new ConfirmOptions { OkButtonText = T["Remove"], CancelButtonText = T["Cancel"] }, T["Removed", address], "addresses/aliases")
        : Task.CompletedTask;
}
