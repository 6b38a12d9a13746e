using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.App.Api;

/// <summary>Mailboxes as the API shows them.</summary>
internal sealed class MailboxReader(MailboxDirectory mailboxes, TimeProvider time)
{
    public async Task<IReadOnlyList<MailboxJson>> ListAsync(CancellationToken cancel) => [.. (await mailboxes.FullAsync(null, cancel)).Select(Of)];

    public async Task<MailboxJson?> GetAsync(long id, CancellationToken cancel) => (await mailboxes.FullAsync(id, cancel)).Select(Of).SingleOrDefault();

    private MailboxJson Of(FullMailbox row)
    {
        var mailbox = row.Mailbox;
        return new(
            mailbox.Id, mailbox.Name, mailbox.Description, mailbox.Protocol, mailbox.Address, mailbox.Host, mailbox.Port, mailbox.Encryption, mailbox.UserName, mailbox.PinnedCertificate, mailbox.Folder,
            mailbox.AfterFetch, mailbox.ArchiveFolder, row.Queue, mailbox.Dispatch, mailbox.Trusted, mailbox.RepliesOnly, mailbox.HoldAsContactRequests, mailbox.AuthServers, mailbox.AgentsNeedPass, mailbox.ReplyTo, mailbox.FirstFetch, mailbox.Notices, mailbox.FirstFetchNotices, row.ReplyVia,
            mailbox.IntervalMinutes, mailbox.Push, mailbox.Validity, mailbox.Comment, mailbox.ProtectedPassword is not null, MailboxStatusJson.Of(row.Status, time.GetUtcNow().UtcDateTime));
    }
}
