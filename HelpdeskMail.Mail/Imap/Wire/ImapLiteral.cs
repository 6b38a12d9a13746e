namespace HelpdeskMail.Mail.Imap.Wire;

/// <summary>A literal's bytes; null where it was longer than allowed and was read past.</summary>
/// <param name="Offset">Where in the response's text it stands: right behind its "{n}".</param>
internal readonly record struct ImapLiteral(int Offset, ReadOnlyMemory<byte>? Data, long Size);
