namespace HelpdeskMail.Core.Departments;

/// <summary>What the department form edits. Id null: a new one.</summary>
public sealed class DepartmentDraft
{
    public long? Id { get; set; }

    public string Name { get; set; } = "";

    public long? OutboundAccountId { get; set; }

    public long? AliasDomainId { get; set; }

    public static DepartmentDraft Of(Department department) => new() { Id = department.Id, Name = department.Name, OutboundAccountId = department.OutboundAccountId, AliasDomainId = department.AliasDomainId };
}
