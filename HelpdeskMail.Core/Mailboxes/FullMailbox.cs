namespace HelpdeskMail.Core.Mailboxes;

/// <summary>A mailbox with its status and the names of what it refers to.</summary>
/// <param name="ReplyVia">The outbound account's name; null: none is set.</param>
public sealed record FullMailbox(Mailbox Mailbox, MailboxStatus Status, string Queue, string? ReplyVia);
