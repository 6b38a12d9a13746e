namespace HelpdeskMail.App.Resources;

/// <summary>Texts of the quarantine.</summary>
public sealed class QuarantineTexts;
