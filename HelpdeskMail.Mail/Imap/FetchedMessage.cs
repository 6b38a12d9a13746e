using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Mail.Imap;

/// <summary>A downloaded message, or the reason why it could not be downloaded.</summary>
/// <param name="Body">The message exactly as the server sent it; null where it was too large or refused. In the memory that <see cref="ImapClient.UidFetchAsync"/> was given, if any.</param>
/// <param name="Refusal">What the server said when it would not hand out this one message.</param>
public sealed record FetchedMessage(MessageSummary Summary, ReadOnlyMemory<byte>? Body, Refusal? Refusal = null)
{
    public uint Uid => Summary.Uid;

    public bool IsTooLarge => Body is null && Refusal is null;
}
