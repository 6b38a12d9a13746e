using System.Threading.Channels;
using HelpdeskMail.Core.Ingestion;

namespace HelpdeskMail.Core.Fetching;

/// <summary>Downloads a page of ledger rows: the network fills batches, which are hashed and read on other threads while the batch before is stored and decided.
/// The channel is bounded, so a slow database slows the network down and memory holds a few batches.</summary>
internal sealed class DownloadRound(StoreBatch store, LedgerPending pending, MailProcessor processor, long maxBytes)
{
    private const int BatchesAhead = 2;

    public async Task RunAsync(FetchContext fetch, IReadOnlyList<PendingEntry> entries, CancellationToken cancel)
    {
        var wanted = new Dictionary<SourceMessage, PendingEntry>(entries.Count);
        var lost = new List<long>();
        foreach (var entry in entries)
        {
            if (fetch.Locate(entry.Identity, entry.Size) is { } message)
            {
                wanted[message] = entry;
                if (entry.Id <= fetch.EarlierUpTo) fetch.Counts.Found++;
            }
            else
            {
                lost.Add(entry.Id);
            }
        }
        fetch.Counts.Skipped += await pending.EndAsync(lost, LedgerState.Skipped, fetch.Session is null ? LedgerReason.IdentityChanged : LedgerReason.Vanished, null, cancel);
        if (wanted.Count == 0) return;

        var batches = Channel.CreateBounded<Task<List<ReadyMail>>>(BatchesAhead);
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var downloading = DownloadAsync(fetch, wanted, batches.Writer, broken.Token);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancel)) await TakeAsync(fetch, await batch, cancel);
        }
        catch
        {
            // The database failed: the download has nobody to download for. Its own fault, if it has one, comes out of the await below otherwise.
            await broken.CancelAsync();
            await downloading.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            throw;
        }
        var asked = await downloading;
        fetch.Counts.Skipped += await pending.EndAsync(asked, LedgerState.Skipped, LedgerReason.Vanished, null, cancel);
    }

    private async Task TakeAsync(FetchContext fetch, List<ReadyMail> batch, CancellationToken cancel)
    {
        var incoming = await store.StoreAsync(fetch, batch, cancel);
        fetch.Counts.Stored += incoming.Count;
        var decided = await processor.DecideAsync(incoming, cancel);
        fetch.Counts.Decided += decided.Decided;
        fetch.Counts.Quarantined += decided.Quarantined;
        fetch.Report("fetch");
    }

    /// <summary>Returns the ledger rows whose message the server no longer had.</summary>
    private async Task<IEnumerable<long>> DownloadAsync(FetchContext fetch, Dictionary<SourceMessage, PendingEntry> wanted, ChannelWriter<Task<List<ReadyMail>>> batches, CancellationToken cancel)
    {
        var missing = wanted.ToDictionary(pair => pair.Key.Number, pair => pair.Value);
        var batch = new List<(PendingEntry Entry, byte[] Raw)>();
        var bytes = 0L;
        try
        {
            await foreach (var fetched in fetch.Source.FetchAsync([.. wanted.Keys], maxBytes, cancel))
            {
                if (!missing.Remove(fetched.Message.Number, out var entry)) continue;
                if (fetched.Raw is not { } raw)
                {
                    var reason = fetched.Refused is null ? LedgerReason.TooLarge : LedgerReason.Refused;
                    fetch.Counts.Quarantined += await pending.EndAsync([entry.Id], LedgerState.Quarantined, reason, fetched.Refused, cancel);
                    continue;
                }
                batch.Add((entry, raw));
                bytes += raw.Length;
                if (batch.Count >= MailProcessor.BatchMails || bytes >= MailProcessor.BatchBytes) await HandOverAsync();
            }
            if (batch.Count > 0) await HandOverAsync();
            batches.Complete();
        }
        catch (Exception exception)
        {
            if (batch.Count > 0 && exception is MailSourceException) await HandOverAsync(); // what came before the fault is good
            batches.Complete(exception is MailSourceException ? null : exception);
            throw;
        }
        return missing.Values.Select(entry => entry.Id);

        async Task HandOverAsync()
        {
            var full = batch;
            (batch, bytes) = (new(full.Count), 0);
            await batches.WriteAsync(Task.Run(() => full.ConvertAll(mail => Read(fetch, mail.Entry, mail.Raw)), cancel), cancel);
        }
    }

    private static ReadyMail Read(FetchContext fetch, PendingEntry entry, byte[] raw)
    {
        var (mail, fault) = MailReader.TryRead(raw);
        return new ReadyMail(entry, raw, RawStore.NewMail(raw, MailSourceKind.Fetch, fetch.Mailbox.Id, fetch.Mailbox.Notices, default), mail, fault);
    }
}
