namespace HelpdeskMail.Core.Replay;

/// <summary>Which mails are decided again: those with the given ids, or all of a mailbox and a time. Null fields don't restrict.</summary>
/// <param name="From">When it was stored.</param>
public sealed record ReplayScope(IReadOnlyList<long>? MailIds = null, long? MailboxId = null, DateTime? From = null, DateTime? To = null);
