using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Mailboxes;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Fetching;

/// <summary>Changes the server's copies of decided mails as the mailbox says, once the disk has the mails, and takes it down. Driven by the ledger alone, so that
/// what a died fetch left behind is acknowledged by the next one. Finding them, waiting for the disk and taking down go on beside the download; only the
/// commands themselves need the connection.</summary>
internal sealed class Acknowledger(FetchContext fetch, LedgerPending pending, DeferredSync sync, IDbContextFactory<HelpdeskDb> contexts, TimeProvider time)
{
    /// <summary>A server goes through its folder with every command, however few messages it names: Dovecot moves 10,000 by 1,000 in 0.5 s of processor time, by 250 in
    /// 0.8. But a slow one must answer before its deadline, and the download stands still meanwhile.</summary>
    private const int FewestAtOnce = 125;
    private const int MostAtOnce = 1000;
    private static readonly TimeSpan StepsApart = TimeSpan.FromSeconds(0.5);

    private int atOnce = 500;
    private long stepped = time.GetTimestamp();
    private Task<List<PendingEntry>>? ready;
    private Task takingDown = Task.CompletedTask;

    /// <summary>Acknowledges what is on the disk, or sees to it that something will be when this is called again. Twice a second at most.</summary>
    public async Task StepAsync(CancellationToken cancel)
    {
        if (ready is { IsCompleted: true }) await ChangeAsync(await ready, earlier: false, cancel);
        if (ready is not null || time.GetElapsedTime(stepped) < StepsApart) return;
        stepped = time.GetTimestamp();
        ready = Task.Run(() => PrepareAsync(0, cancel), cancel);
    }

    /// <summary>Acknowledges what is decided, while the last mails are.</summary>
    public async Task StepAtEndAsync(CancellationToken cancel)
    {
        if (ready is not null) await ChangeAsync(await ready, earlier: false, cancel);
        await ChangeAsync(await PrepareAsync(0, cancel), earlier: false, cancel);
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
        var there = located.Where(item => item.Message is not null).ToList();
        for (var done = 0; done < there.Count;)
        {
            var some = there.GetRange(done, Math.Min(atOnce, there.Count - done));
            var started = time.GetTimestamp();
            await fetch.Source.AcknowledgeAsync(some.ConvertAll(item => item.Message!), cancel);
            atOnce = time.GetElapsedTime(started) < StepsApart ? Math.Min(atOnce * 2, MostAtOnce) : Math.Max(atOnce / 2, FewestAtOnce);
            takingDown = TakeDownAsync(takingDown, [.. some.Select(item => item.Entry.Id)], cancel);
            done += some.Count;
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
