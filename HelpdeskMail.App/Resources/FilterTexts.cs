namespace HelpdeskMail.App.Resources;

/// <summary>Texts of the pages of filters.</summary>
public sealed class FilterTexts;
