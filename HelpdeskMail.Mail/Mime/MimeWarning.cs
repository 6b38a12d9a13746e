namespace HelpdeskMail.Mail.Mime;

/// <summary>One fault met while reading; <paramref name="Detail"/> is for people and holds no content of the mail.</summary>
public sealed record MimeWarning(MimeWarningKind Kind, string Detail);
