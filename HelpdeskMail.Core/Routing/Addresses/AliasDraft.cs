namespace HelpdeskMail.Core.Routing.Addresses;

/// <summary>What the alias form edits. Id null: a new one.</summary>
public sealed class AliasDraft
{
    public long? Id { get; set; }

    public string LocalPart { get; set; } = "";

    public long? AliasDomainId { get; set; }

    public long? QueueId { get; set; }

    public bool LocalPartDetection { get; set; }

    public WhoMayWrite WhoMayWrite { get; set; }

    public string? Refusal { get; set; }

    public static AliasDraft Of(Alias alias) => new()
    {
        Id = alias.Id,
        LocalPart = alias.LocalPart,
        AliasDomainId = alias.AliasDomainId,
        QueueId = alias.QueueId,
        LocalPartDetection = alias.LocalPartDetection,
        WhoMayWrite = alias.WhoMayWrite,
        Refusal = alias.Refusal,
    };
}
