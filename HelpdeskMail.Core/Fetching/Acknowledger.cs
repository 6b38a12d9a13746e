using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Mailboxes;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Fetching;

/// <summary>Changes the server's copies of decided mails as the mailbox says, once the disk has the mails, and takes it down. Driven by the ledger alone, so that
/// what a died fetch left behind is acknowledged by the next one. Finding them, waiting for the disk and taking down go on beside the download; only the
/// commands themselves need the connection.</summary>
internal sealed class Acknowledger(FetchContext fetch, LedgerPending pending, DeferredSync sync, IDbContextFactory<HelpdeskDb> contexts)
{
    private const int Chunk = 500;

    private Task<List<PendingEntry>>? ready;
    private Task takingDown = Task.CompletedTask;

    /// <summary>Acknowledges what is on the disk, or sees to it that something will be when this is called again.</summary>
    public async Task StepAsync(CancellationToken cancel)
    {
        if (ready is null) ready = Task.Run(() => PrepareAsync(0, cancel), cancel);
        else if (ready.IsCompleted) await ChangeAsync(await ready, earlier: false, cancel);
    }

    /// <summary>Acknowledges everything that is decided.</summary>
    /// <param name="earlier">Whether it is what an earlier fetch left behind, which this one hasn't counted yet.</param>
    public async Task RunAsync(bool earlier, CancellationToken cancel)
    {
        if (ready is not null) await ChangeAsync(await ready, earlier, cancel);
        var after = 0L;
        while (await PrepareAsync(after, cancel) is { Count: > 0 } page)
        {
            after = page[^1].Id;
            await ChangeAsync(page, earlier, cancel);
        }
        await takingDown;
    }

    /// <summary>Waits for what goes on beside the download, where something else has failed already.</summary>
    public async Task SettleAsync()
    {
        await (ready ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await takingDown.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>What is decided, when the disk has it.</summary>
    private async Task<List<PendingEntry>> PrepareAsync(long after, CancellationToken cancel)
    {
        await takingDown; // or it would be found again
        var page = await pending.PageAsync(fetch.Mailbox.Id, LedgerState.Decided, after, cancel);
        if (page.Count > 0) await sync.WaitForDiskAsync(contexts, cancel);
        return page;
    }

    private async Task ChangeAsync(List<PendingEntry> page, bool earlier, CancellationToken cancel)
    {
        ready = null;
        var located = page.ConvertAll(entry => (Entry: entry, Message: fetch.Locate(entry.Identity, entry.Size)));
        if (earlier) fetch.Counts.Add(found: located.Count(item => item.Message is not null));

        // Under another UIDVALIDITY the message has a new identity and a new row; on POP3 a message that isn't listed is gone.
        var lost = fetch.Session is null ? LedgerReason.IdentityChanged : LedgerReason.Vanished;
        await pending.AcknowledgedAsync(fetch.Mailbox.Id, located.Where(item => item.Message is null).Select(item => item.Entry.Id), lost, LedgerPlace.Gone, cancel);
        foreach (var chunk in located.Where(item => item.Message is not null).Chunk(Chunk))
        {
            await fetch.Source.AcknowledgeAsync([.. chunk.Select(item => item.Message!)], cancel);
            takingDown = TakeDownAsync(takingDown, [.. chunk.Select(item => item.Entry.Id)], cancel);
        }
    }

    private async Task TakeDownAsync(Task before, long[] entries, CancellationToken cancel)
    {
        await before;
        fetch.Counts.Add(acknowledged: await pending.AcknowledgedAsync(fetch.Mailbox.Id, entries, null, PlaceAfter(fetch.Mailbox), cancel));
    }

    private static LedgerPlace PlaceAfter(Mailbox mailbox) => mailbox.AfterFetch switch
    {
        AfterFetch.Delete => LedgerPlace.Deleted,
        AfterFetch.Archive when mailbox.Protocol == MailboxProtocol.Imap => LedgerPlace.Archive,
        _ => LedgerPlace.Folder,
    };
}
