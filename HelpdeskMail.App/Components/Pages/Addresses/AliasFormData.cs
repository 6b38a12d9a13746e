using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Routing.Addresses;

namespace HelpdeskMail.App.Components.Pages.Addresses;

/// <summary>An alias being edited.</summary>
/// <param name="SavedAddress">As it is now; null: a new one.</param>
internal sealed record AliasFormData(AliasDraft Draft, string? SavedAddress, IReadOnlyList<AliasDomainRow> Domains, IReadOnlyList<QueueChoice> Queues)
{
    public IReadOnlyList<Choice<long?>> DomainChoices { get; } = [.. Domains.Select(row => new Choice<long?>(row.Id, row.Domain))];

    public IReadOnlyList<Choice<long?>> QueueChoices { get; } = [.. Queues.Select(queue => new Choice<long?>(queue.Id, queue.Name, Group: queue.Department))];

    public string Address => $"{Draft.LocalPart.Trim().ToLowerInvariant()}@{Domains.FirstOrDefault(row => row.Id == Draft.AliasDomainId)?.Domain}";

    /// <summary>Name of the chosen queue; null while address or queue is missing.</summary>
    public string? LeadsTo => string.IsNullOrWhiteSpace(Draft.LocalPart) || Draft.AliasDomainId is null ? null : Queues.FirstOrDefault(queue => queue.Id == Draft.QueueId)?.Name;
}
