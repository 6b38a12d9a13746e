namespace HelpdeskMail.Core.Departments;

/// <summary>What the department form edits. Id null: a new one.</summary>
public sealed class DepartmentDraft
{
    public long? Id { get; set; }

    public string Name { get; set; } = "";

    public long? OutboundAccountId { get; set; }
}
