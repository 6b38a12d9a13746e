namespace HelpdeskMail.Core.Fetching;

/// <param name="Raw">The bytes exactly as the server sent them; null where the message is over the size limit or refused. To be given back to the buffers it was asked for with.</param>
/// <param name="Refused">The server's words where it would not hand out this one message; null otherwise.</param>
/// <param name="Temporary">Refused for now: the same may be asked for again.</param>
public sealed record FetchedMessage(SourceMessage Message, ReadOnlyMemory<byte>? Raw, string? Refused = null, bool Temporary = false);
