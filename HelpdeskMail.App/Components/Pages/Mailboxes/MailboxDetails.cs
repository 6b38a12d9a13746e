using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.App.Components.Pages.Mailboxes;

internal sealed record MailboxDetails(MailboxRow Row, MailboxDraft Draft);
