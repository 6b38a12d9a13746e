namespace HelpdeskMail.Mail.Mime;

/// <summary>A file or body found inside a part: in TNEF, or uuencoded in text.</summary>
internal sealed record ContainedFile(string? Name, string ContentType, ReadOnlyMemory<byte> Content, string? ContentId, string? Charset, bool IsBody);
