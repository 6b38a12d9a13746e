namespace HelpdeskMail.App.Resources;

/// <summary>Texts of the frame around every page.</summary>
public sealed class LayoutTexts;
