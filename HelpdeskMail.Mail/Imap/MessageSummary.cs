namespace HelpdeskMail.Mail.Imap;

/// <summary>What a server knows of a message without its text.</summary>
/// <param name="Size">RFC822.SIZE in bytes; some servers only estimate it.</param>
/// <param name="ModSeq">CONDSTORE modification number, where asked for and supported.</param>
public sealed record MessageSummary(uint Uid, IReadOnlyList<string> Flags, DateTimeOffset? InternalDate, long Size, ulong? ModSeq = null)
{
    public bool IsSeen => Flags.Contains("\\Seen", StringComparer.OrdinalIgnoreCase);
    public bool IsDeleted => Flags.Contains("\\Deleted", StringComparer.OrdinalIgnoreCase);
}
