using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Routing.Addresses;
using Microsoft.AspNetCore.Components;

namespace HelpdeskMail.App.Components.Pages.Addresses;

public sealed partial class SystemAddressForm(AddressDirectory addresses, SystemAddressEditor editor, DepartmentDirectory departments)
{
    private static readonly string[] Fields = ["address", "displayName", "queue", "validity", "comment"];
    private SystemAddressFormData? data;

    /// <summary>Null: a new one.</summary>
    [Parameter] public long? Id { get; set; }

    private IReadOnlyList<Choice<Validity>> Validities => [.. Enum.GetValues<Validity>().Select(value => new Choice<Validity>(value, T[$"Validity.{value}"]))];

    private async Task<SystemAddressFormData?> LoadAsync(CancellationToken cancel)
    {
        ForgetFaults();
        var queues = await departments.QueuesAsync(cancel);
        var draft = Id is { } id ? await addresses.SystemAddressDraftAsync(id, cancel) : new SystemAddressDraft { QueueId = queues.Count == 1 ? queues[0].Id : null };
        return data = draft is null ? null : new SystemAddressFormData(draft, queues);
    }

    private Task SaveAsync() => data is { } form ? SaveAsync(() => editor.SaveAsync(form.Draft), () => T["Saved", form.Draft.Address], _ => "addresses/system") : Task.CompletedTask;
}
