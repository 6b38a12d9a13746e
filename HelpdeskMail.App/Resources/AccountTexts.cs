namespace HelpdeskMail.App.Resources;

/// <summary>Texts of the pages that log somebody in, and of the first administrator's.</summary>
public sealed class AccountTexts;
