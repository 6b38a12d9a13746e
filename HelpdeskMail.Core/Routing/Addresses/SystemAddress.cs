using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Routing.Addresses;

/// <summary>An address of ours with a display name and a queue (O1). Never deleted, because mail that carries it is out in the world: only made invalid.</summary>
public sealed class SystemAddress
{
    public long Id { get; set; }

    /// <summary>Normalised (lower case); unique.</summary>
    public required string Address { get; set; }

    public required string DisplayName { get; set; }

    public long QueueId { get; set; }

    public Validity Validity { get; set; }

    public string Comment { get; set; } = "";
}
