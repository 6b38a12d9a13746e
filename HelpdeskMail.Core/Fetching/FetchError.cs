using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Fetching;

public sealed record FetchError(MailboxErrorKind Kind, string Text, string? Server, string Advice);
