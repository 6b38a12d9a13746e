namespace HelpdeskMail.Mail.Pop3;

/// <summary>A message of this session.</summary>
/// <param name="Number">Counts from 1; good for this session only.</param>
/// <param name="UniqueId">UIDL: the same in every session; null where the server has none.</param>
/// <param name="Size">Bytes, as the server says.</param>
public sealed record Pop3Message(int Number, string? UniqueId, long Size);
