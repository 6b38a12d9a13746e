namespace HelpdeskMail.App.Resources;

/// <summary>Texts of the jobs page.</summary>
public sealed class JobTexts;
