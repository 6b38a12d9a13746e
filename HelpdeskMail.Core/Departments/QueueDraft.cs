namespace HelpdeskMail.Core.Departments;

/// <summary>What the queue form edits. Id null: a new one.</summary>
public sealed class QueueDraft
{
    public long? Id { get; set; }

    public long DepartmentId { get; set; }

    public string Name { get; set; } = "";

    public string Color { get; set; } = "#1e88e5";

    public ClosedTicketPolicy ClosedTicketPolicy { get; set; }

    public long? SystemAddressId { get; set; }

    public static QueueDraft Of(Queue queue) => new()
    {
        Id = queue.Id,
        DepartmentId = queue.DepartmentId,
        Name = queue.Name,
        Color = queue.Color,
        ClosedTicketPolicy = queue.ClosedTicketPolicy,
        SystemAddressId = queue.SystemAddressId,
    };
}
