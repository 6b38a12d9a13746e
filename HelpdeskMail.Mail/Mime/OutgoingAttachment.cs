namespace HelpdeskMail.Mail.Mime;

/// <summary>A file to send. With <paramref name="ContentId"/> and <paramref name="Inline"/> it belongs to the HTML (<c>cid:</c>, RFC 2392).</summary>
/// <param name="Name">Any characters; control characters are taken out when written.</param>
/// <param name="ContentType">type/subtype; anything else is sent as application/octet-stream.</param>
public sealed record OutgoingAttachment(string Name, string ContentType, ReadOnlyMemory<byte> Content, string? ContentId = null, bool Inline = false);
