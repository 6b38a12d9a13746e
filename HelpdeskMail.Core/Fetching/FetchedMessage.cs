namespace HelpdeskMail.Core.Fetching;

/// <param name="Raw">The bytes exactly as the server sent them; null where the message is over the size limit or refused.</param>
/// <param name="Refused">The server's words where it would not hand out this one message; null otherwise.</param>
/// <param name="Temporary">Refused for now: the same may be asked for again.</param>
public sealed record FetchedMessage(SourceMessage Message, byte[]? Raw, string? Refused = null, bool Temporary = false);
