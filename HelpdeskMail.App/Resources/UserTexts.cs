namespace HelpdeskMail.App.Resources;

/// <summary>Texts of the page of users and API tokens.</summary>
public sealed class UserTexts;
