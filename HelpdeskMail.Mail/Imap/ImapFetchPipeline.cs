using HelpdeskMail.Mail.Imap.Commands;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Mail.Imap;

/// <summary>
/// Downloads in batches with two requests ahead, so that the server never waits for us: sizes of batch 0 and 1, then for each batch its
/// bodies and the sizes of the next but one, then the bodies of the batch before are read. Sizes come first so that an oversized
/// message is never asked for.
/// </summary>
internal sealed class ImapFetchPipeline(ImapSession session, IReadOnlyCollection<uint> uids, long maxBytes)
{
    private const int BatchSize = 100;

    private readonly Queue<UidSet> _unasked = new(uids.Order().Chunk(BatchSize).Select(chunk => UidSet.Of(chunk)));
    private readonly Queue<UidFetchSummariesCommand> _sizing = new();
    private readonly Queue<UidFetchBodiesCommand> _reading = new();
    private readonly Queue<MessageSummary> _oneByOne = new();
    private readonly Queue<FetchedMessage> _ready = new();

    /// <summary>The next message, or null at the end.</summary>
    public async ValueTask<FetchedMessage?> NextAsync(CancellationToken ct)
    {
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            if (_ready.TryDequeue(out var ready))
                return ready;
            // Keep two batches of bodies on their way before reading the first of them.
            if (_reading.Count < 2 && await AskForBodiesAsync(ct))
                continue;
            if (_reading.TryPeek(out var command))
            {
                if (command.Ready.TryDequeue(out var message))
                    return message;
                if (!command.IsDone)
                {
                    await session.PumpAsync(ct);
                    continue;
                }

                _reading.Dequeue();
                if (command.Status!.Word != "OK")
                    RetryOneByOne(command);
                continue;
            }

            if (_oneByOne.TryDequeue(out var summary))
                return await FetchOneAsync(summary, ct);
            return null;
        }
    }

    /// <summary>False when every batch has been asked for.</summary>
    private async Task<bool> AskForBodiesAsync(CancellationToken ct)
    {
        while (_sizing.Count < 2 && _unasked.TryDequeue(out var batch))
        {
            var sizes = new UidFetchSummariesCommand(batch);
            _sizing.Enqueue(sizes);
            await session.StartAsync(sizes, ct);
        }

        if (!_sizing.TryDequeue(out var sizing))
            return false;
        await session.CompleteAsync(sizing, ct);
        sizing.ThrowIfRefused();
        foreach (var summary in sizing.Summaries.Where(summary => summary.Size > maxBytes))
            _ready.Enqueue(new FetchedMessage(summary, Body: null));

        var wanted = sizing.Summaries.Where(summary => summary.Size <= maxBytes).ToDictionary(summary => summary.Uid);
        if (wanted.Count == 0)
            return true;
        var bodies = new UidFetchBodiesCommand(wanted);
        _reading.Enqueue(bodies);
        await session.StartAsync(bodies, ct);
        return true;
    }

    /// <summary>Exchange and others refuse a whole batch because of one message they can't render: find out which.</summary>
    private void RetryOneByOne(UidFetchBodiesCommand refused)
    {
        foreach (var summary in refused.Missing)
            _oneByOne.Enqueue(summary);
    }

    private async Task<FetchedMessage?> FetchOneAsync(MessageSummary summary, CancellationToken ct)
    {
        var single = new UidFetchBodiesCommand(new Dictionary<uint, MessageSummary> { [summary.Uid] = summary });
        await session.StartAsync(single, ct);
        await session.CompleteAsync(single, ct);
        if (single.Ready.TryDequeue(out var message))
            return message;
        return single.Status is { Word: not "OK" } status
            ? new FetchedMessage(summary, Body: null, status.ToRefusal(single.Name))
            : await NextAsync(ct);
    }
}
