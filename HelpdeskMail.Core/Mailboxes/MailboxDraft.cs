namespace HelpdeskMail.Core.Mailboxes;

/// <summary>What the mailbox form edits. Id null: a new one. Password null: keep the saved one; it is never sent back.</summary>
public sealed class MailboxDraft
{
    public long? Id { get; set; }

    public string Name { get; set; } = "";

    public string Description { get; set; } = "";

    public MailboxProtocol Protocol { get; set; }

    public string Address { get; set; } = "";

    public string Host { get; set; } = "";

    public int Port { get; set; } = 993;

    public Encryption Encryption { get; set; } = Encryption.Tls;

    public string UserName { get; set; } = "";

    public string? Password { get; set; }

    public bool HasSavedPassword { get; set; }

    public string? PinnedCertificate { get; set; }

    public string Folder { get; set; } = "INBOX";

    public AfterFetch AfterFetch { get; set; }

    public string ArchiveFolder { get; set; } = "Archive";

    public long? QueueId { get; set; }

    public DispatchMode Dispatch { get; set; }

    public bool Trusted { get; set; }

    public bool RepliesOnly { get; set; }

    public bool HoldAsContactRequests { get; set; }

    public string FirstFetch { get; set; } = "unread:100";

    public bool Notices { get; set; }

    public long? ReplyViaId { get; set; }

    public int IntervalMinutes { get; set; } = 10;

    public bool Push { get; set; } = true;

    public Validity Validity { get; set; }

    public string Comment { get; set; } = "";
}
