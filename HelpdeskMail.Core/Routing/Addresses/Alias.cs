namespace HelpdeskMail.Core.Routing.Addresses;

/// <summary>A local part in an alias domain that routes to a queue (N1, N5): the queue's creation address.</summary>
public sealed class Alias
{
    public long Id { get; set; }

    /// <summary>Lower case; unique in its domain.</summary>
    public required string LocalPart { get; set; }

    public long AliasDomainId { get; set; }

    public AliasDomain? AliasDomain { get; set; }

    public long QueueId { get; set; }

    /// <summary>On: the local part alone matches, in every domain that counts as ours; off: only the whole address.</summary>
    public bool LocalPartDetection { get; set; }

    public WhoMayWrite WhoMayWrite { get; set; }

    /// <summary>What a sender who may not write is told; null: the standard text.</summary>
    public string? Refusal { get; set; }
}
