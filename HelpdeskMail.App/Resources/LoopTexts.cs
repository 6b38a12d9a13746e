namespace HelpdeskMail.App.Resources;

/// <summary>Texts of the pages about senders that the loop guard has stopped.</summary>
public sealed class LoopTexts;
