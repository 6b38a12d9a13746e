namespace HelpdeskMail.Core.Notices;

/// <summary>The words of a notice, with placeholders.</summary>
public sealed record NoticeWording(string Subject, string Text);
