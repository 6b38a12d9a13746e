namespace HelpdeskMail.Core.Mailboxes;

public sealed record NamedMailbox(long Id, string Name);
