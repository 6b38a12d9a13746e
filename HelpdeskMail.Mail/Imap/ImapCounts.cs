namespace HelpdeskMail.Mail.Imap;

/// <summary>How many messages a mailbox holds, and how many of them are unread.</summary>
public sealed record ImapCounts(long Messages, long Unseen);
