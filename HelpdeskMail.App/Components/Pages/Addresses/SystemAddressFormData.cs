using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Routing.Addresses;

namespace HelpdeskMail.App.Components.Pages.Addresses;

/// <summary>A system address being edited.</summary>
internal sealed record SystemAddressFormData(SystemAddressDraft Draft, IReadOnlyList<QueueChoice> Queues)
{
    public string SavedAddress { get; } = Draft.Address;

    public IReadOnlyList<Choice<long?>> QueueChoices { get; } = [.. Queues.Select(queue => new Choice<long?>(queue.Id, queue.Name, Group: queue.Department))];
}
