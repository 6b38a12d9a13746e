using System.Runtime.CompilerServices;
using HelpdeskMail.Mail.Imap.Commands;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Mail.Imap;

public sealed partial class ImapClient
{
    private static readonly string[] DeletedFlag = ["\\Deleted"];

    /// <summary>UIDs of the messages that match, ascending.</summary>
    public async Task<IReadOnlyList<uint>> UidSearchAsync(ImapSearch search, CancellationToken ct = default)
    {
        using var turn = _session.Enter();
        return await SearchAsync(search, ct);
    }

    private async Task<List<uint>> SearchAsync(ImapSearch search, CancellationToken ct)
    {
        var uids = (await _session.RunAsync(new UidSearchCommand(search, Capabilities.ExtendedSearch), ct)).Uids;
        uids.RemoveAll(uid => !search.MayMatch(uid));
        uids.Sort();
        return uids;
    }

    /// <summary>Flags, arrival and size of messages, without their text. Messages that are gone are left out.</summary>
    /// <param name="changedSince">CONDSTORE: only those changed after this modification number.</param>
    public async Task<IReadOnlyList<MessageSummary>> UidFetchSummariesAsync(UidSet uids, ulong? changedSince = null, CancellationToken ct = default)
    {
        using var turn = _session.Enter();
        var found = new List<MessageSummary>();
        foreach (var piece in uids.Split())
            found.AddRange((await _session.RunAsync(new UidFetchSummariesCommand(piece, changedSince, Selected?.HighestModSeq is not null), ct)).Summaries);
        return found;
    }

    /// <summary>Whole headers of messages, by UID, without marking them as seen. Messages that are gone are left out.</summary>
    public async Task<IReadOnlyDictionary<uint, byte[]>> UidFetchHeadersAsync(UidSet uids, CancellationToken ct = default)
    {
        using var turn = _session.Enter();
        var found = new Dictionary<uint, byte[]>();
        foreach (var piece in uids.Split())
        {
            foreach (var (uid, header) in (await _session.RunAsync(new UidFetchHeadersCommand(piece), ct)).Headers)
                found[uid] = header;
        }

        return found;
    }

    /// <summary>
    /// Downloads messages whole, without marking them as seen, in the order the server sends them. The next batch is asked for while one
    /// is read; nobody reads ahead of the caller, so memory holds one message. Other commands may be asked between two messages: what was
    /// asked for before is then read first and kept, which is two batches of up to 8 MB, or a larger message, at most. Messages that are
    /// gone are left out; those over <paramref name="maxBytes"/> and those the server won't hand out come without a body.
    /// </summary>
    /// <param name="buffers">Memory for the bodies, which the caller gives back; null: an array each.</param>
    public async IAsyncEnumerable<FetchedMessage> UidFetchAsync(
        IReadOnlyCollection<uint> uids, long? maxBytes = null, MessageBuffers? buffers = null, [EnumeratorCancellation] CancellationToken ct = default)
    {
        var pipeline = new ImapFetchPipeline(_session, uids, maxBytes ?? long.MaxValue);
        _session.Buffers = buffers;
        try
        {
            while (true)
            {
                FetchedMessage? message;
                using (_session.Enter())
                    message = await pipeline.NextAsync(ct);
                if (message is null)
                    break;
                yield return message;
            }
        }
        finally
        {
            using var turn = _session.Enter();
            // Left early: what was asked for still comes, and must not be taken for the answer to something else.
            if (IsConnected && !ct.IsCancellationRequested)
                await _session.DrainAsync(ct);
            else if (IsConnected)
                await Connection.DisposeAsync();
            _session.Buffers = null;
        }
    }

    public Task AddFlagsAsync(UidSet uids, IReadOnlyCollection<string> flags, CancellationToken ct = default) => UidStoreAsync(uids, add: true, flags, ct);

    public Task RemoveFlagsAsync(UidSet uids, IReadOnlyCollection<string> flags, CancellationToken ct = default) => UidStoreAsync(uids, add: false, flags, ct);

    public async Task UidStoreAsync(UidSet uids, bool add, IReadOnlyCollection<string> flags, CancellationToken ct = default)
    {
        using var turn = _session.Enter();
        await StoreAsync(uids, add, flags, ct);
    }

    private async Task StoreAsync(UidSet uids, bool add, IReadOnlyCollection<string> flags, CancellationToken ct)
    {
        foreach (var piece in uids.Split())
            await _session.RunAsync(new UidStoreCommand(piece, add, flags), ct);
    }

    /// <summary>Moves messages: MOVE, or COPY and removal where the server doesn't have it.</summary>
    /// <exception cref="MailRefusedException">Kind MailboxNotFound when the target does not exist.</exception>
    public async Task<MoveResult> UidMoveAsync(UidSet uids, string target, CancellationToken ct = default)
    {
        using var turn = _session.Enter();
        var newUids = new Dictionary<uint, uint>();
        var left = false;
        foreach (var piece in uids.Split())
        {
            var copy = await _session.RunAsync(new UidCopyCommand(Capabilities.Move ? "UID MOVE" : "UID COPY", piece, target), ct);
            foreach (var (old, fresh) in copy.NewUids)
                newUids[old] = fresh;
            if (!Capabilities.Move)
                left |= !await RemoveAsync(piece, ct);
        }

        return new MoveResult(newUids, left);
    }

    /// <summary>Copies messages; old UID → new UID where the server tells.</summary>
    public async Task<IReadOnlyDictionary<uint, uint>> UidCopyAsync(UidSet uids, string target, CancellationToken ct = default)
    {
        using var turn = _session.Enter();
        var newUids = new Dictionary<uint, uint>();
        foreach (var piece in uids.Split())
        {
            foreach (var (old, fresh) in (await _session.RunAsync(new UidCopyCommand("UID COPY", piece, target), ct)).NewUids)
                newUids[old] = fresh;
        }

        return newUids;
    }

    /// <summary>Deletes messages for good. False: they are only marked \Deleted, see <see cref="MoveResult.LeftMarkedDeleted"/>.</summary>
    public async Task<bool> UidDeleteAsync(UidSet uids, CancellationToken ct = default)
    {
        using var turn = _session.Enter();
        var all = true;
        foreach (var piece in uids.Split())
            all &= await RemoveAsync(piece, ct);
        return all;
    }

    /// <summary>Marks and expunges exactly these messages, never what somebody else has marked.</summary>
    private async Task<bool> RemoveAsync(UidSet uids, CancellationToken ct)
    {
        await StoreAsync(uids, add: true, DeletedFlag, ct);
        if (Capabilities.UidPlus)
        {
            await _session.RunAsync(new UidExpungeCommand(uids), ct);
            return true;
        }

        if ((await SearchAsync(ImapSearch.Deleted, ct)).Exists(uid => !uids.Contains(uid)))
            return false;
        await _session.RunAsync(new SimpleCommand("EXPUNGE"), ct);
        return true;
    }

    /// <summary>UID EXPUNGE: removes those of the messages that are marked \Deleted. Needs UIDPLUS.</summary>
    public async Task UidExpungeAsync(UidSet uids, CancellationToken ct = default)
    {
        using var turn = _session.Enter();
        foreach (var piece in uids.Split())
            await _session.RunAsync(new UidExpungeCommand(piece), ct);
    }

    /// <summary>Puts a message into a mailbox; its UID where the server tells.</summary>
    public async Task<uint?> AppendAsync(string mailbox, ReadOnlyMemory<byte> message, IReadOnlyCollection<string>? flags = null,
        DateTimeOffset? date = null, CancellationToken ct = default)
    {
        using var turn = _session.Enter();
        return (await _session.RunAsync(new AppendCommand(mailbox, message, flags ?? [], date), ct)).Uid;
    }
}
