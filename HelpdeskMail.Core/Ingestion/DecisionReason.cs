namespace HelpdeskMail.Core.Ingestion;

/// <summary>Why a decision was taken. Names are stored: rename never, add freely.</summary>
public enum DecisionReason
{
    NewConversation,
    FollowUpByMessageId,

    /// <summary>It names a message id that we signed for the ticket.</summary>
    FollowUpBySignature,

    /// <summary>It was sent to a reply address with the ticket's tag.</summary>
    FollowUpByTag,

    /// <summary>Its subject has the ticket's number, and its sender takes part in the ticket.</summary>
    FollowUpBySubject,
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

    /// <summary>Written straight to a catch-all or bounce address (N3).</summary>
    DirectToCatchall,

    /// <summary>The loop guard stopped its sender (N7).</summary>
    LoopBlocked,

    /// <summary>The mailbox takes replies only, and it is none (V5).</summary>
    RepliesOnly,

    /// <summary>A filter, or a command of a trusted mailbox, said so.</summary>
    FilterIgnored,

    /// <summary>The alias doesn't take mail from this sender (N5).</summary>
    MayNotWrite,

    /// <summary>The mailbox holds what would be a new ticket (V6).</summary>
    MailboxHolds,

    /// <summary>It answers a mail of an open contact request.</summary>
    FollowUpToHeldMail,

    /// <summary>A provider wants a forwarding or an address confirmed (N9): shown to administrators.</summary>
    ProviderConfirmation,

    /// <summary>An agent answered a customer by mail (P13).</summary>
    AgentAnswer,

    /// <summary>An agent answered a mail about an internal note: it stays one.</summary>
    AgentNote,

    /// <summary>An agent forwarded a customer's mail (P14).</summary>
    AgentForward,

    /// <summary>It answers an agent's notification, and nothing proves that the agent wrote it.</summary>
    AgentUnproven,

    /// <summary>A machine answered for an agent, such as an absence note.</summary>
    AgentAutomatic,

    /// <summary>It answers an internal note: it stays internal.</summary>
    FollowUpToNote,

    /// <summary>A delivery report that tells of a delay.</summary>
    DeliveryDelayed,

    /// <summary>A delivery report that tells of success.</summary>
    DeliveryConfirmed,

    /// <summary>A receipt: what its recipient did with a mail of ours (RFC 8098).</summary>
    ReadReceipt,

    /// <summary>Somebody complains of a mail of ours (RFC 5965).</summary>
    AbuseReport,

    /// <summary>A delivery report or receipt about no mail of ours.</summary>
    ReportOnUnknown,

    /// <summary>Sent by a machine to a bounce address, and no report that can be read.</summary>
    ReportNotUnderstood,

    /// <summary>A machine's answer to a notice of ours.</summary>
    AnswerToNotice,

    /// <summary>A person decided.</summary>
    ByHand,
}
