using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Fetching;

/// <summary>Changes the server's copies of decided mails as the mailbox says, and takes it down. Driven by the ledger alone, so that what a died fetch
/// left behind is acknowledged by the next one.</summary>
internal sealed class Acknowledger(LedgerPending pending)
{
    private const int Chunk = 500;

    /// <param name="earlier">Whether it is what an earlier fetch left behind, which this one hasn't counted yet.</param>
    public async Task RunAsync(FetchContext fetch, bool earlier, CancellationToken cancel)
    {
        var after = 0L;
        while (await pending.PageAsync(fetch.Mailbox.Id, LedgerState.Decided, after, cancel) is { Count: > 0 } page)
        {
            after = page[^1].Id;
            var located = page.ConvertAll(entry => (Entry: entry, Message: fetch.Locate(entry.Identity, entry.Size)));

            if (earlier) fetch.Counts.Add(found: located.Count(item => item.Message is not null));

            // Under another UIDVALIDITY the message has a new identity and a new row; on POP3 a message that isn't listed is gone.
            var lost = fetch.Session is null ? LedgerReason.IdentityChanged : LedgerReason.Vanished;
            await pending.AcknowledgedAsync(fetch.Mailbox.Id, located.Where(item => item.Message is null).Select(item => item.Entry.Id), lost, LedgerPlace.Gone, cancel);
            foreach (var chunk in located.Where(item => item.Message is not null).Chunk(Chunk))
            {
                await fetch.Source.AcknowledgeAsync([.. chunk.Select(item => item.Message!)], cancel);
                fetch.Counts.Add(acknowledged: await pending.AcknowledgedAsync(fetch.Mailbox.Id, chunk.Select(item => item.Entry.Id), null, PlaceAfter(fetch.Mailbox), cancel));
            }
        }
    }

    private static LedgerPlace PlaceAfter(Mailbox mailbox) => mailbox.AfterFetch switch
    {
        AfterFetch.Delete => LedgerPlace.Deleted,
        AfterFetch.Archive when mailbox.Protocol == MailboxProtocol.Imap => LedgerPlace.Archive,
        _ => LedgerPlace.Folder,
    };
}
