using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Fetching;

/// <summary>One fetch of one mailbox at work.</summary>
/// <param name="Mailbox">As it was configured when the fetch began, with its status.</param>
internal sealed record FetchContext(Mailbox Mailbox, IMailSource Source, MailboxLease Lease, OpenCommunication Log, FetchCounts Counts, IProgress<FetchProgress>? Progress)
{
    /// <summary>Numbers of this session by identity; only POP3 has and needs them.</summary>
    public Dictionary<string, SourceMessage>? Session { get; set; }

    /// <summary>Ledger rows up to this one are an earlier fetch's; what is left of them counts as found again.</summary>
    public long EarlierUpTo { get; set; }

    /// <summary>Whether notices to its author may go out (E5).</summary>
    public bool MayTell(PendingEntry entry) => Mailbox.Notices && (Mailbox.FirstFetchNotices || !entry.Backlog);

    public void Report(string step) => Progress?.Report(new FetchProgress(step, Counts.Found, Counts.Stored, Counts.Decided));

    /// <summary>Where the source has the message of a ledger row now; null where it hasn't.</summary>
    public SourceMessage? Locate(string identity, long size) =>
        Session is { } session ? session.GetValueOrDefault(identity) : LedgerIdentity.Locate(Mailbox, Source.Validity, identity, size);
}
