namespace HelpdeskMail.Core.Deliveries;

/// <summary>What was heard of a sent mail. Names are stored: rename never.</summary>
public enum NewsKind
{
    /// <summary>It was not delivered, and nobody tries any more.</summary>
    Failed,

    /// <summary>It was not delivered yet, and is tried again.</summary>
    Delayed,

    /// <summary>Handed to a server that gives no reports (RFC 3464 §2.3.3).</summary>
    Relayed,

    Delivered,

    /// <summary>Delivered to an address that stands for several others, such as a list.</summary>
    Expanded,

    /// <summary>Shown to its recipient (RFC 8098 §3.2.6.2).</summary>
    Read,

    /// <summary>Deleted by its recipient, perhaps unread.</summary>
    Deleted,

    /// <summary>Dealt with by a program of its recipient: forwarded, printed, answered.</summary>
    Processed,

    /// <summary>Its recipient, or a filter of theirs, calls it abuse (RFC 5965).</summary>
    Complaint,
}
