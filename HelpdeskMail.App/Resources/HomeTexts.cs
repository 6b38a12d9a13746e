namespace HelpdeskMail.App.Resources;

/// <summary>Texts of the start page.</summary>
public sealed class HomeTexts;
