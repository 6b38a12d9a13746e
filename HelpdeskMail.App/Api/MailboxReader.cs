using System.Linq.Expressions;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Mailboxes;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.App.Api;

/// <summary>Reads mailboxes with all their fields in one query.</summary>
internal sealed class MailboxReader(IDbContextFactory<HelpdeskDb> contexts, TimeProvider time)
{
    public async Task<IReadOnlyList<MailboxJson>> ListAsync(CancellationToken cancel) => await ReadAsync(_ => true, cancel);

    public async Task<MailboxJson?> GetAsync(long id, CancellationToken cancel) => (await ReadAsync(mailbox => mailbox.Id == id, cancel)).SingleOrDefault();

    private async Task<List<MailboxJson>> ReadAsync(Expression<Func<Mailbox, bool>> which, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var rows = await db.Mailboxes.AsNoTracking().Where(which).OrderBy(mailbox => mailbox.Name)
            .Select(mailbox => new
            {
                Mailbox = mailbox,
                mailbox.Status,
                Queue = db.Queues.Where(queue => queue.Id == mailbox.QueueId).Select(queue => queue.Name).First(),
                ReplyVia = db.OutboundAccounts.Where(account => account.Id == mailbox.ReplyViaId).Select(account => account.Name).FirstOrDefault(),
            })
            .ToListAsync(cancel);
        return [.. rows.Select(row => Of(row.Mailbox, row.Status, row.Queue, row.ReplyVia))];
    }

    private MailboxJson Of(Mailbox mailbox, MailboxStatus? status, string queue, string? replyVia) => new(
        mailbox.Id, mailbox.Name, mailbox.Description, mailbox.Protocol, mailbox.Address, mailbox.Host, mailbox.Port, mailbox.Encryption, mailbox.UserName, mailbox.PinnedCertificate, mailbox.Folder,
        mailbox.AfterFetch, mailbox.ArchiveFolder, queue, mailbox.Dispatch, mailbox.Trusted, mailbox.RepliesOnly, mailbox.HoldAsContactRequests, mailbox.FirstFetch, mailbox.Notices, mailbox.FirstFetchNotices, replyVia,
        mailbox.IntervalMinutes, mailbox.Push, mailbox.Validity, mailbox.Comment, mailbox.ProtectedPassword is not null, MailboxStatusJson.Of(status ?? new MailboxStatus(), time.GetUtcNow().UtcDateTime));
}
