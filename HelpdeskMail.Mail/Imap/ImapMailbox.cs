namespace HelpdeskMail.Mail.Imap;

/// <summary>A mailbox as SELECT or EXAMINE described it.</summary>
public sealed record ImapMailbox(string Name)
{
    public bool IsReadOnly { get; init; }

    /// <summary>Together with a UID it names a message for good; when it changes, all UIDs known before are void. 0: the server gave none.</summary>
    public uint UidValidity { get; init; }

    /// <summary>A new message's UID will be at least this. Null: the server didn't say.</summary>
    public uint? UidNext { get; init; }

    public uint Exists { get; init; }

    /// <summary>CONDSTORE (RFC 7162). Null: not supported for this mailbox.</summary>
    public ulong? HighestModSeq { get; init; }

    /// <summary>The server can't keep UIDs from session to session (RFC 4315).</summary>
    public bool UidsNotSticky { get; init; }

    public IReadOnlyList<string> PermanentFlags { get; init; } = [];
}
