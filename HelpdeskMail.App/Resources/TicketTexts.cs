namespace HelpdeskMail.App.Resources;

/// <summary>Texts of the ticket list and the ticket page.</summary>
public sealed class TicketTexts;
