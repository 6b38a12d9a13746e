using HelpdeskMail.Mail.Imap.Commands;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Mail.Imap;

/// <summary>
/// Downloads in batches with two requests ahead, so that the server never waits for us: sizes of batch 0 and 1, then for each batch its
/// bodies and the sizes of the next but one, then the bodies of the batch before are read. Sizes come first so that an oversized
/// message is never asked for, and large ones few at a time.
/// </summary>
internal sealed class ImapFetchPipeline(ImapSession session, IReadOnlyCollection<uint> uids, long maxBytes)
{
    private const int BatchSize = 100;
    private const long BatchBytes = 8 << 20;

    private readonly Queue<uint[]> _unasked = new(uids.Order().Chunk(BatchSize));
    private readonly Queue<(uint[] Batch, UidFetchSummariesCommand Command)> _sizing = new();
    private readonly Queue<MessageSummary> _sized = new();
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
        if (_sized.Count == 0 && !await SizeAsync(ct))
            return false;
        var wanted = new Dictionary<uint, MessageSummary>();
        var bytes = 0L;
        while (_sized.TryPeek(out var summary) && (wanted.Count == 0 || bytes + summary.Size <= BatchBytes))
        {
            wanted[summary.Uid] = _sized.Dequeue();
            bytes += summary.Size;
        }

        if (wanted.Count == 0)
            return true;
        var bodies = new UidFetchBodiesCommand(wanted);
        _reading.Enqueue(bodies);
        await session.StartAsync(bodies, ct);
        return true;
    }

    /// <summary>False when there is no other batch.</summary>
    private async Task<bool> SizeAsync(CancellationToken ct)
    {
        while (_sizing.Count < 2 && _unasked.TryDequeue(out var batch))
        {
            var sizes = new UidFetchSummariesCommand(UidSet.Of(batch));
            _sizing.Enqueue((batch, sizes));
            await session.StartAsync(sizes, ct);
        }

        if (!_sizing.TryDequeue(out var next))
            return false;
        var sizing = next.Command;
        await session.CompleteAsync(sizing, ct);
        await LookForUnsizedAsync(next.Batch, sizing, ct);
        foreach (var summary in sizing.Summaries)
        {
            if (summary.Size > maxBytes)
                _ready.Enqueue(new FetchedMessage(summary, Body: null));
            else
                _sized.Enqueue(summary);
        }

        return true;
    }

    /// <summary>
    /// No answer for a message has two reasons: it is gone, or the server can't read it (Dovecot, a file it may not open) and stops there.
    /// The first is nothing to us, the second must not be taken for the first, nor stop the messages behind it.
    /// </summary>
    private async Task LookForUnsizedAsync(uint[] batch, UidFetchSummariesCommand sizing, CancellationToken ct)
    {
        if (sizing.Missing(batch) is not { IsEmpty: false } missing)
            return;
        foreach (var uid in (await session.RunAsync(new UidSearchCommand(ImapSearch.Uids(missing), extended: false), ct)).Uids)
            _oneByOne.Enqueue(new MessageSummary(uid, [], InternalDate: null, Size: 0));
    }

    /// <summary>Exchange and others refuse a whole batch because of one message they can't render: find out which.</summary>
    private void RetryOneByOne(UidFetchBodiesCommand incomplete)
    {
        foreach (var summary in incomplete.Missing)
            _oneByOne.Enqueue(summary);
    }

    private async Task<FetchedMessage?> FetchOneAsync(MessageSummary summary, CancellationToken ct)
    {
        var single = new UidFetchBodiesCommand(new Dictionary<uint, MessageSummary> { [summary.Uid] = summary });
        await session.StartAsync(single, ct);
        await session.CompleteAsync(single, ct);
        if (single.Ready.TryDequeue(out var message))
            return message;
        if (single.Status is { Word: not "OK" } status)
            return new FetchedMessage(summary, Body: null, status.ToRefusal(single.Name));
        // The server is content and sent nothing: is the message still there?
        var there = await session.RunAsync(new UidSearchCommand(ImapSearch.Uids(UidSet.Of(summary.Uid)), extended: false), ct);
        return there.Uids.Contains(summary.Uid)
            ? new FetchedMessage(summary, Body: null, new Refusal(RefusalKind.Other, single.Name, "", "the server lists this message and hands out nothing", IsPermanent: false))
            : await NextAsync(ct);
    }
}
