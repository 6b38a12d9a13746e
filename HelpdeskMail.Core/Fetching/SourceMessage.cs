namespace HelpdeskMail.Core.Fetching;

/// <summary>A message as a server lists it.</summary>
/// <param name="Identity">"UIDVALIDITY:UID" or "uidl:…".</param>
/// <param name="Number">UID (IMAP) or message number of this session (POP3).</param>
/// <param name="Size">Bytes as the server says; 0 where unknown.</param>
/// <param name="Seen">Whether the server's copy is marked read.</param>
public sealed record SourceMessage(string Identity, long Number, long Size, DateTime? ReceivedAt, bool Seen);
