namespace HelpdeskMail.App.Resources;

/// <summary>Texts of the pages about what providers want confirmed.</summary>
public sealed class ConfirmationTexts;
