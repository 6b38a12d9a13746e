namespace HelpdeskMail.App.Resources;

/// <summary>Texts of the pages about notices to senders.</summary>
public sealed class NoticeTexts;
