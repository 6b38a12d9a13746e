namespace HelpdeskMail.App.Resources;

/// <summary>Texts of the page of contact requests.</summary>
public sealed class ContactRequestTexts;
