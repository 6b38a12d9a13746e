namespace HelpdeskMail.Mail.Mime;

/// <summary>Dates of mail headers: RFC 5322 §3.3 with its obsolete forms, and the others that are met.</summary>
public static class DateParser
{
    public static DateTimeOffset? Parse(string? text) => DateReader.Read(text);
}
