using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.App.Components.Pages.Ledger;

public sealed record LedgerView(MailboxRow Mailbox, LedgerSummary Summary, Reconciliation? Reconciled, LedgerPart Page);
