namespace HelpdeskMail.App.Resources;

/// <summary>Texts of "Decide again".</summary>
public sealed class ReplayTexts;
