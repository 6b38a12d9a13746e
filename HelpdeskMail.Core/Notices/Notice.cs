using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.Core.Notices;

/// <summary>A notice that a change causes, before it is known whether it may go out.</summary>
/// <param name="Mail">What it answers.</param>
/// <param name="MailboxId">With <paramref name="QueueId"/> tells the account it leaves from.</param>
internal sealed record Notice(NoticeKind Kind, NoticeMail Mail, long? MailboxId, long? QueueId)
{
    /// <summary>Its number is known when the notice is written.</summary>
    public Ticket? Ticket { get; init; }

    /// <summary>What a refusal says; null: the standard text.</summary>
    public string? Text { get; init; }

    /// <summary>A person wants it: neither the mailbox's switch nor an earlier notice keeps it back.</summary>
    public bool Asked { get; init; }
}

/// <summary>What a notice needs of the mail it answers; a header is enough.</summary>
/// <param name="References">Of that mail, oldest first.</param>
/// <param name="Language">Primary subtag that its author's program names; null: none.</param>
internal sealed record NoticeMail(MessageAddress From, string Subject, string? MessageId, IReadOnlyList<string> References, string? Language, long Size, IncomingMail? Incoming = null)
{
    /// <summary>Null where its bytes are not ours; known when the mail is stored.</summary>
    public long? StoredMailId => Incoming?.StoredMailId;
}
