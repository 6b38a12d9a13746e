namespace HelpdeskMail.App.Resources;

/// <summary>Texts of the pages about mail that came back and addresses that mail doesn't reach.</summary>
public sealed class UndeliveredTexts;
