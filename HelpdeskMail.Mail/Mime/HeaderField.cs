namespace HelpdeskMail.Mail.Mime;

/// <summary>Where a field's name and value stand in the message's bytes.</summary>
internal readonly record struct HeaderField(int NameStart, int NameLength, int ValueStart, int ValueLength);
