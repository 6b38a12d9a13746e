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
}
