namespace HelpdeskMail.App.Resources;

/// <summary>Texts of the mailbox pages.</summary>
public sealed class MailboxTexts;
