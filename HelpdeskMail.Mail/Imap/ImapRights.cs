namespace HelpdeskMail.Mail.Imap;

/// <summary>What a user may do with a mailbox, by RFC 4314 §2.1 and, for servers that still speak the older rule, RFC 2086.</summary>
/// <param name="Letters">As the server sent them: "lrswipkxtea".</param>
public sealed record ImapRights(string Letters)
{
    public bool CanRead => Letters.Contains('r', StringComparison.Ordinal);

    /// <summary>Keep \Seen from session to session.</summary>
    public bool CanMarkSeen => Letters.Contains('s', StringComparison.Ordinal);

    /// <summary>Put messages in.</summary>
    public bool CanInsert => Letters.Contains('i', StringComparison.Ordinal);

    /// <summary>Mark as deleted and expunge: "t" and "e", or the old "d" that meant both (§2.1.1).</summary>
    public bool CanDelete => (Letters.Contains('t', StringComparison.Ordinal) && Letters.Contains('e', StringComparison.Ordinal)) || Letters.Contains('d', StringComparison.Ordinal);
}
