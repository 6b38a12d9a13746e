namespace HelpdeskMail.App.Resources;

/// <summary>Texts of the communication log.</summary>
public sealed class CommunicationTexts;
