namespace HelpdeskMail.App.Resources;

/// <summary>Texts of the pages about alias domains, aliases and system addresses.</summary>
public sealed class AddressTexts;
