namespace HelpdeskMail.Core.Ingestion;

/// <summary>Why a decision was taken. Names are stored: rename never, add freely.</summary>
public enum DecisionReason
{
    NewConversation,
    FollowUpByMessageId,
    DuplicateMessageId,
    DuplicateContent,
    DeliveryReport,
    TooLarge,
    NoQueue,
    ProcessingFailed,

    /// <summary>A mail that we sent ourselves came back to one of our mailboxes.</summary>
    OwnMessage,

    /// <summary>It answers a closed ticket and the queue's policy says not to reopen.</summary>
    ClosedTicket,

    /// <summary>A person decided.</summary>
    ByHand,
}
