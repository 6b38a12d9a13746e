namespace HelpdeskMail.Core.Deliveries;

/// <summary>What a list shows of a ticket's sent mail.</summary>
public enum DeliveryMark
{
    None,

    /// <summary>Something takes longer.</summary>
    Delayed,

    /// <summary>Something came back, or somebody complains, and nobody has seen to it.</summary>
    Failed,
}
