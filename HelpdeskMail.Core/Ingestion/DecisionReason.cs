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
}
