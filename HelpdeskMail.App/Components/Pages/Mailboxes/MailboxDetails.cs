using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Mailboxes.Health;

namespace HelpdeskMail.App.Components.Pages.Mailboxes;

internal sealed record MailboxDetails(MailboxRow Row, MailboxDraft Draft, MailboxHealth Health, IReadOnlyList<MailboxTrouble> Troubles);
