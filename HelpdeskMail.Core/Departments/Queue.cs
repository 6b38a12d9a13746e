namespace HelpdeskMail.Core.Departments;

/// <summary>Where tickets wait; belongs to one department.</summary>
public sealed class Queue
{
    public long Id { get; set; }

    public long DepartmentId { get; set; }

    public Department? Department { get; set; }

    public required string Name { get; set; }

    /// <summary>"#rrggbb".</summary>
    public required string Color { get; set; }

    public ClosedTicketPolicy ClosedTicketPolicy { get; set; }

    /// <summary>The address that the queue's mail is sent from where no account is set for it (the reply route's fourth rule); null: none.</summary>
    public long? SystemAddressId { get; set; }
}
