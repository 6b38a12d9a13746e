using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Fetching;

/// <summary>Makes the source for a mailbox, not yet connected. See <see cref="MailSources.For"/>.</summary>
public delegate IMailSource MailSourceFor(Mailbox mailbox);
