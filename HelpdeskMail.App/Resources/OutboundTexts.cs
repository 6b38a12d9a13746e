namespace HelpdeskMail.App.Resources;

/// <summary>Texts of the outbound account pages.</summary>
public sealed class OutboundTexts;
