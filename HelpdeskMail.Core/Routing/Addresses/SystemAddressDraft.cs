using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Routing.Addresses;

/// <summary>What the system-address form edits. Id null: a new one.</summary>
public sealed class SystemAddressDraft
{
    public long? Id { get; set; }

    public string Address { get; set; } = "";

    public string DisplayName { get; set; } = "";

    public long? QueueId { get; set; }

    public Validity Validity { get; set; }

    public string Comment { get; set; } = "";

    public static SystemAddressDraft Of(SystemAddress address) => new()
    {
        Id = address.Id,
        Address = address.Address,
        DisplayName = address.DisplayName,
        QueueId = address.QueueId,
        Validity = address.Validity,
        Comment = address.Comment,
    };
}
