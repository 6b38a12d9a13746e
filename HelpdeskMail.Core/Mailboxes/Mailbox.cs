using HelpdeskMail.Core.Routing;

namespace HelpdeskMail.Core.Mailboxes;

/// <summary>An inbound account that mail is fetched from: one folder of one user on one server.</summary>
public sealed class Mailbox
{
    public long Id { get; set; }

    public required string Name { get; set; }

    public string Description { get; set; } = "";

    public MailboxProtocol Protocol { get; set; }

    public required string Address { get; set; }

    public required string Host { get; set; }

    public int Port { get; set; }

    public Encryption Encryption { get; set; }

    public required string UserName { get; set; }

    /// <summary>Encrypted by <see cref="Keys.SecretProtector"/>; never leaves the server process.</summary>
    public string? ProtectedPassword { get; set; }

    /// <summary>SHA-256 of the one certificate to accept, in hex; null: normal validation.</summary>
    public string? PinnedCertificate { get; set; }

    public string Folder { get; set; } = "INBOX";

    public AfterFetch AfterFetch { get; set; }

    public string ArchiveFolder { get; set; } = "Archive";

    public long QueueId { get; set; }

    public DispatchMode Dispatch { get; set; }

    public bool Trusted { get; set; }

    public bool RepliesOnly { get; set; }

    public bool HoldAsContactRequests { get; set; }

    /// <summary>Names (authserv-ids) of the servers whose Authentication-Results count (G9), separated by ", "; "": none.</summary>
    public string AuthServers { get; set; } = "";

    /// <summary>Mail by agents counts as theirs only where a trusted server says that it is (P13, P14).</summary>
    public bool AgentsNeedPass { get; set; }

    /// <summary>Null: as the helpdesk's setting says.</summary>
    public ReplyToPolicy? ReplyTo { get; set; }

    /// <summary>"unread:N", "new", "all" or "since:DATE"; see <see cref="FirstFetch"/>.</summary>
    public string FirstFetch { get; set; } = "unread:100";

    /// <summary>Whether this mailbox's mail may cause notices to its senders.</summary>
    public bool Notices { get; set; }

    /// <summary>Whether mail that was there before the first fetch may cause them, too (E5).</summary>
    public bool FirstFetchNotices { get; set; }

    /// <summary>The outbound account that answers to this mailbox's mail leave from.</summary>
    public long? ReplyViaId { get; set; }

    public int IntervalMinutes { get; set; } = 10;

    /// <summary>IMAP IDLE where the server offers it.</summary>
    public bool Push { get; set; } = true;

    public Validity Validity { get; set; }

    public string Comment { get; set; } = "";

    public DateTime CreatedAt { get; set; }

    public MailboxStatus Status { get; set; } = new();
}
