namespace HelpdeskMail.App.Resources;

/// <summary>Texts about what a mail holds beside its text: meetings, receipts, complaints, signatures, encryption.</summary>
public sealed class ContentTexts;
