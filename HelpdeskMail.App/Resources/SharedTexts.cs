namespace HelpdeskMail.App.Resources;

/// <summary>Texts of the parts that pages share.</summary>
public sealed class SharedTexts;
