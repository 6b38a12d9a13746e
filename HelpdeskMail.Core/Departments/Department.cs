namespace HelpdeskMail.Core.Departments;

/// <summary>A part of the organisation with its own queues and its own outbound account.</summary>
public sealed class Department
{
    public long Id { get; set; }

    public required string Name { get; set; }

    /// <summary>The account that the department's answers leave from; null: the global account.</summary>
    public long? OutboundAccountId { get; set; }

    /// <summary>The domain of the department's catch-all and bounce address; null: the default one.</summary>
    public long? AliasDomainId { get; set; }

    public List<Queue> Queues { get; } = [];
}
