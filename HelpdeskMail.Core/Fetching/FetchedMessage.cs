namespace HelpdeskMail.Core.Fetching;

/// <param name="Raw">The bytes exactly as the server sent them; null where the message is over the size limit.</param>
public sealed record FetchedMessage(SourceMessage Message, byte[]? Raw);
