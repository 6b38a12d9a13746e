namespace HelpdeskMail.App.Resources;

/// <summary>Texts of the ledger and of stored mails.</summary>
public sealed class LedgerTexts;
