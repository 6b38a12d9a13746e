namespace HelpdeskMail.Core.Departments;

/// <param name="OutboundAccount">Name of its own account; null: the global one.</param>
/// <param name="AliasDomainId">The domain set for it; null: the default one.</param>
/// <param name="AliasDomain">The domain that holds for it; null: there are no alias domains.</param>
/// <param name="CatchallAddress">Where replies come to from queues without an alias; null: there are no alias domains.</param>
public sealed record DepartmentRow(
    long Id, string Name, long? OutboundAccountId, string? OutboundAccount, long? AliasDomainId, string? AliasDomain, string? CatchallAddress, IReadOnlyList<QueueRow> Queues);
