namespace HelpdeskMail.App.Resources;

/// <summary>Texts of the page that explains what would be decided for a mail.</summary>
public sealed class ExplainTexts;
