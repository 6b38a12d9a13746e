namespace HelpdeskMail.App.Resources;

/// <summary>Texts of the alerts to administrators.</summary>
public sealed class AlertTexts;
