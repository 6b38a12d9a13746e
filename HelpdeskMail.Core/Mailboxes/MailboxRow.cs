namespace HelpdeskMail.Core.Mailboxes;

/// <summary>A mailbox in the list, with its status.</summary>
public sealed record MailboxRow(
    long Id, string Name, string Address, MailboxProtocol Protocol, string Host, int Port, Encryption Encryption, string Queue, string QueueColor, string? ReplyVia,
    Validity Validity, int IntervalMinutes, MailboxStatus Status);
