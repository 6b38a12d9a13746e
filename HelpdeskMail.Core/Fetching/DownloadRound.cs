using System.Runtime.CompilerServices;
using System.Threading.Channels;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Core.Fetching;

/// <summary>Downloads what the ledger says is to be fetched, page by page: the network fills batches, which are hashed and read on other threads while the
/// batch before is stored and decided; what is decided is acknowledged in the network's turn, between two batches or at the end of a page. The channel is bounded, so a slow
/// database slows the network down and memory holds a few batches.</summary>
internal sealed class DownloadRound(FetchContext fetch, LedgerPending pending, MailProcessor processor, Acknowledger acknowledger, HeldBackMail heldBack, long maxBytes)
{
    private const int BatchesAhead = 2;

    private readonly Channel<Task<List<IncomingMail>>> batches = Channel.CreateBounded<Task<List<IncomingMail>>>(BatchesAhead);
    private readonly MessageBuffers buffers = new();
    private List<(PendingEntry Entry, ReadOnlyMemory<byte> Raw)> batch = [];
    private long bytes;
    private int refusedForNow;
    private string? refusal;
    private readonly List<(PendingEntry Entry, SourceMessage Message)> refused = [];

    /// <summary>What the server would not hand out, for good.</summary>
    public IReadOnlyList<(PendingEntry Entry, SourceMessage Message)> Refused => refused;

    public async Task RunAsync(CancellationToken cancel)
    {
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var downloading = DownloadAsync(broken.Token);
        try
        {
            await foreach (var ready in batches.Reader.ReadAllAsync(cancel)) await TakeAsync(await ready, cancel);
        }
        catch
        {
            // The database failed: the download has nobody to download for. Its own fault, if it has one, comes out of the await below otherwise.
            await broken.CancelAsync();
            await downloading.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            throw;
        }
        await downloading;
        await acknowledger.RunAsync(earlier: false, cancel);
    }

    private async Task TakeAsync(List<IncomingMail> read, CancellationToken cancel)
    {
        var ready = fetch.Mailbox.RepliesOnly ? await RepliesAsync(read, cancel) : read;
        var decided = await processor.TakeAsync(ready, fetch.Lease.FenceAsync, cancel);
        fetch.Counts.Add(stored: ready.Count, decided: decided.Decided, quarantined: decided.Quarantined);
        fetch.Counts.Latency.Add(ready);
        fetch.Report("fetch");
        foreach (var mail in read) buffers.GiveBack(mail.Raw!.Value); // last: what was read of a mail points into its bytes
    }

    /// <summary>Leaves out what is no reply (V5): it is not stored, and its copy on the server stays as it is.</summary>
    private async Task<List<IncomingMail>> RepliesAsync(List<IncomingMail> ready, CancellationToken cancel)
    {
        var others = await processor.NoRepliesAsync(ready, cancel);
        await SkipAsync(ready.Where(others.Contains).Select(mail => mail.Entry!.Id), LedgerReason.RepliesOnly, cancel);
        return ready.FindAll(mail => !others.Contains(mail));
    }

    private async Task DownloadAsync(CancellationToken cancel)
    {
        try
        {
            var after = 0L;
            while (await pending.PageAsync(fetch.Mailbox.Id, LedgerState.Seen, after, cancel) is { Count: > 0 } page)
            {
                if (after > 0 && !fetch.Source.AcknowledgesMeanwhile) await acknowledger.RunAsync(earlier: false, cancel); // of the pages before
                after = page[^1].Id;
                await DownloadAsync(await WantedAsync(page, cancel), cancel);
            }
            await HandOverAsync(cancel);
            if (fetch.Source.AcknowledgesMeanwhile) await acknowledger.StepAtEndAsync(cancel);
            if (refusedForNow > 0) throw new MailSourceException(MailboxErrorKind.ServerRefused, $"The server would not hand out {refusedForNow} messages for now; they are asked for again.", refusal);
            batches.Writer.Complete();
        }
        catch (Exception exception)
        {
            var ours = exception is not MailSourceException;
            if (!ours) await HandOverAsync(cancel); // what came before the fault is good
            batches.Writer.Complete(ours ? exception : null);
            throw;
        }
    }

    private async Task<Dictionary<SourceMessage, PendingEntry>> WantedAsync(List<PendingEntry> page, CancellationToken cancel)
    {
        var wanted = new Dictionary<SourceMessage, PendingEntry>(page.Count);
        var lost = new List<long>();
        foreach (var entry in page)
        {
            if (fetch.Locate(entry.Identity, entry.Size) is { } message) wanted[message] = entry;
            else lost.Add(entry.Id);
        }
        fetch.Counts.Add(found: wanted.Values.Count(entry => entry.Id <= fetch.EarlierUpTo));
        await SkipAsync(lost, fetch.Session is null ? LedgerReason.IdentityChanged : LedgerReason.Vanished, cancel);
        return wanted;
    }

    private async Task DownloadAsync(Dictionary<SourceMessage, PendingEntry> wanted, CancellationToken cancel)
    {
        if (wanted.Count == 0) return;
        var missing = wanted.ToDictionary(pair => pair.Key.Number, pair => pair.Value);
        var large = new List<(PendingEntry Entry, SourceMessage Message)>();
        await foreach (var fetched in FetchAsync(wanted, cancel))
        {
            if (!missing.Remove(fetched.Message.Number, out var entry)) continue;
            if (fetched.Temporary)
            {
                refusedForNow++;
                refusal = fetched.Refused;
                continue;
            }
            if (fetched.Raw is not { } raw)
            {
                var reason = fetched.Refused is null ? LedgerReason.TooLarge : LedgerReason.Refused;
                fetch.Counts.Add(quarantined: await pending.EndAsync([entry.Id], LedgerState.Quarantined, reason, fetched.Refused, cancel));
                (fetched.Refused is null ? large : refused).Add((entry, fetched.Message));
                continue;
            }
            batch.Add((entry, raw));
            bytes += raw.Length;
            if (batch.Count < MailProcessor.BatchMails && bytes < MailProcessor.BatchBytes) continue;
            await HandOverAsync(cancel);
            if (fetch.Source.AcknowledgesMeanwhile) await acknowledger.StepAsync(cancel);
        }
        await SkipAsync(missing.Values.Select(entry => entry.Id), LedgerReason.Vanished, cancel);
        foreach (var (entry, message) in large) await heldBack.TakeAsync(fetch, entry, message, cancel); // when nothing else is asked of the connection
    }

    /// <summary>All within the limit, and each that somebody lets in nevertheless within its own.</summary>
    private async IAsyncEnumerable<FetchedMessage> FetchAsync(Dictionary<SourceMessage, PendingEntry> wanted, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var group in wanted.GroupBy(pair => Math.Max(maxBytes, pair.Value.AllowedBytes ?? 0), pair => pair.Key).OrderBy(group => group.Key))
        {
            await foreach (var fetched in fetch.Source.FetchAsync([.. group], group.Key, buffers, cancel)) yield return fetched;
        }
    }

    private async Task SkipAsync(IEnumerable<long> entries, string reason, CancellationToken cancel) =>
        fetch.Counts.Add(skipped: await pending.EndAsync(entries, LedgerState.Skipped, reason, null, cancel));

    private async Task HandOverAsync(CancellationToken cancel)
    {
        if (batch.Count == 0) return;
        var full = batch;
        (batch, bytes) = (new(full.Count), 0);
        await batches.Writer.WriteAsync(Task.Run(() => full.ConvertAll(mail => Read(mail.Entry, mail.Raw)), cancel), cancel);
    }

    private IncomingMail Read(PendingEntry entry, ReadOnlyMemory<byte> raw)
    {
        var incoming = IncomingMail.New(raw, MailSourceKind.Fetch, fetch.Mailbox.Id, fetch.MayTell(entry), fetch.Log.Id);
        incoming.Stored.AllowedBytes = entry.AllowedBytes;
        return incoming with
        {
            Entry = new LedgerEntry { Id = entry.Id, Identity = entry.Identity, Size = raw.Length, ReceivedAt = entry.ReceivedAt, Subject = MailText.Clean(incoming.Mail?.Subject, LedgerEntry.MaxSubject), AllowedBytes = entry.AllowedBytes },
        };
    }
}
