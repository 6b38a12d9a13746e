namespace HelpdeskMail.Core.Departments;

public sealed record DepartmentRow(long Id, string Name, long? OutboundAccountId, string? OutboundAccount, IReadOnlyList<QueueRow> Queues);
