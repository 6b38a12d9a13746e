using HelpdeskMail.Core.Routing;

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

    /// <summary>For a new one: the mailbox whose saved password it takes over, for as long as server and user name are that one's.</summary>
    public long? SecretOf { get; set; }

    public string? PinnedCertificate { get; set; }

    public string Folder { get; set; } = "INBOX";

    public AfterFetch AfterFetch { get; set; }

    public string ArchiveFolder { get; set; } = "Archive";

    public long? QueueId { get; set; }

    public DispatchMode Dispatch { get; set; }

    public bool Trusted { get; set; }

    public bool RepliesOnly { get; set; }

    public bool HoldAsContactRequests { get; set; }

    /// <inheritdoc cref="Mailbox.AuthServers"/>
    public string AuthServers { get; set; } = "";

    public bool AgentsNeedPass { get; set; }

    /// <summary>Null: as the helpdesk's setting says.</summary>
    public ReplyToPolicy? ReplyTo { get; set; }

    public string FirstFetch { get; set; } = "unread:100";

    public bool Notices { get; set; }

    public bool FirstFetchNotices { get; set; }

    public long? ReplyViaId { get; set; }

    public int IntervalMinutes { get; set; } = 10;

    public bool Push { get; set; } = true;

    public Validity Validity { get; set; }

    public string Comment { get; set; } = "";

    /// <summary>A saved mailbox as a form edits it; the password stays behind.</summary>
    public static MailboxDraft Of(Mailbox mailbox) => new()
    {
        Id = mailbox.Id,
        HasSavedPassword = mailbox.ProtectedPassword is not null,
        Name = mailbox.Name,
        Description = mailbox.Description,
        Protocol = mailbox.Protocol,
        Address = mailbox.Address,
        Host = mailbox.Host,
        Port = mailbox.Port,
        Encryption = mailbox.Encryption,
        UserName = mailbox.UserName,
        PinnedCertificate = mailbox.PinnedCertificate,
        Folder = mailbox.Folder,
        AfterFetch = mailbox.AfterFetch,
        ArchiveFolder = mailbox.ArchiveFolder,
        QueueId = mailbox.QueueId,
        Dispatch = mailbox.Dispatch,
        Trusted = mailbox.Trusted,
        RepliesOnly = mailbox.RepliesOnly,
        HoldAsContactRequests = mailbox.HoldAsContactRequests,
        AuthServers = mailbox.AuthServers,
        AgentsNeedPass = mailbox.AgentsNeedPass,
        ReplyTo = mailbox.ReplyTo,
        FirstFetch = mailbox.FirstFetch,
        Notices = mailbox.Notices,
        FirstFetchNotices = mailbox.FirstFetchNotices,
        ReplyViaId = mailbox.ReplyViaId,
        IntervalMinutes = mailbox.IntervalMinutes,
        Push = mailbox.Push,
        Validity = mailbox.Validity,
        Comment = mailbox.Comment,
    };

    /// <summary>A new mailbox for another folder of the same account. Its password comes along without ever being shown.</summary>
    public static MailboxDraft AnotherFolderOf(Mailbox mailbox)
    {
        var draft = Of(mailbox);
        (draft.Id, draft.SecretOf) = (null, mailbox.Id);
        (draft.Name, draft.Folder, draft.FirstFetch, draft.Description, draft.Comment) = ("", "", new MailboxDraft().FirstFetch, "", "");
        draft.Validity = Validity.Valid;
        return draft;
    }

    /// <summary>Whether the saved password was entered for this server and user.</summary>
    public bool IsSameServer(Mailbox saved) =>
        Host.Equals(saved.Host, StringComparison.OrdinalIgnoreCase) && Port == saved.Port && UserName == saved.UserName;

    /// <summary>Everything but the id and the password, once checked.</summary>
    internal void CopyTo(Mailbox mailbox)
    {
        mailbox.Name = Name;
        mailbox.Description = Description;
        mailbox.Protocol = Protocol;
        mailbox.Address = Address;
        mailbox.Host = Host;
        mailbox.Port = Port;
        mailbox.Encryption = Encryption;
        mailbox.UserName = UserName;
        mailbox.PinnedCertificate = PinnedCertificate;
        mailbox.Folder = Folder;
        mailbox.AfterFetch = AfterFetch;
        mailbox.ArchiveFolder = ArchiveFolder;
        mailbox.QueueId = QueueId!.Value;
        mailbox.Dispatch = Dispatch;
        mailbox.Trusted = Trusted;
        mailbox.RepliesOnly = RepliesOnly;
        mailbox.HoldAsContactRequests = HoldAsContactRequests;
        mailbox.AuthServers = AuthServers;
        mailbox.AgentsNeedPass = AgentsNeedPass;
        mailbox.ReplyTo = ReplyTo;
        mailbox.FirstFetch = FirstFetch;
        mailbox.Notices = Notices;
        mailbox.FirstFetchNotices = FirstFetchNotices;
        mailbox.ReplyViaId = ReplyViaId;
        mailbox.IntervalMinutes = IntervalMinutes;
        mailbox.Push = Push;
        mailbox.Validity = Validity;
        mailbox.Comment = Comment;
    }
}
