namespace HelpdeskMail.Core.Outbound;

/// <summary>How far a recipient of an outbox mail got.</summary>
public enum OutboxState
{
    Queued,
    Sending,
    Accepted,
    Deferred,
    Failed,

    /// <summary>The connection was lost after the mail was complete: it may have been delivered, so it is never resent by itself.</summary>
    Uncertain,
    Bounced,

    /// <summary>Some server on the way says that it takes longer.</summary>
    Delayed,

    /// <summary>Passed on to a server that gives no reports.</summary>
    Relayed,

    /// <summary>The recipient's server says that it has delivered it.</summary>
    Delivered,

    /// <summary>Delivered to an address that stands for several others.</summary>
    Expanded,
}
