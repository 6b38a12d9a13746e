using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Mailboxes;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Fetching;

/// <summary>Lists the folder and gives every message that the ledger doesn't know a row: Seen if it is to be fetched, Skipped if not.</summary>
internal sealed class LedgerListing(IDbContextFactory<HelpdeskDb> contexts, WriteGate gate, DeferredSync sync, TimeProvider time)
{
    private const int Chunk = 1000;

    public async Task ListAsync(FetchContext fetch, CancellationToken cancel)
    {
        var (mailbox, status) = (fetch.Mailbox, fetch.Mailbox.Status);
        var sameFolder = string.Equals(status.CursorFolder, CursorFolder(mailbox), StringComparison.Ordinal);
        var sameCursor = mailbox.Protocol == MailboxProtocol.Imap && sameFolder && status.UidValidity == fetch.Source.Validity;
        var listed = await fetch.Source.ListAsync(sameCursor ? new SourceQuery(AfterNumber: status.LastUid) : SourceQuery.Everything, cancel);
        if (mailbox.Protocol == MailboxProtocol.Pop3)
        {
            listed = await new LastingNames(contexts).CheckAsync(mailbox, fetch.Source, fetch.Log, listed, cancel);
            fetch.Session = listed.ToDictionary(message => LedgerIdentity.Of(mailbox, message.Identity), StringComparer.Ordinal);
        }

        if (sameCursor)
        {
            foreach (var chunk in listed.Chunk(Chunk)) await AddAsync(fetch, chunk, [], backlog: false, chunk[^1].Number, cancel);
            return;
        }

        // The cursor is set when all is in: a fetch that dies between two chunks is followed by one that asks for the whole folder again.
        var firstSeen = await FirstSeenAsync(mailbox, cancel);
        var unknown = firstSeen is null ? listed : await UnknownAsync(mailbox, listed, cancel);
        if (sameFolder && mailbox.Protocol == MailboxProtocol.Imap) unknown = await RenamedAsync(fetch, unknown, cancel);
        var skipped = Skipped(mailbox, sameFolder, unknown, firstSeen);
        var backlog = !sameFolder || mailbox.Protocol == MailboxProtocol.Imap; // new to us, or numbered anew: it may be old, so its authors are told nothing
        foreach (var chunk in unknown.Chunk(Chunk)) await AddAsync(fetch, chunk, skipped, backlog, null, cancel);
        await AddAsync(fetch, [], skipped, backlog, listed.Count > 0 ? listed[^1].Number : 0, cancel);
    }

    /// <summary>What the next fetch will do about messages that have no row.</summary>
    /// <returns>Those that it will leave out; and whether the cursor has passed any of them (a mark of deletion that was taken back), so that it
    /// would never come by them.</returns>
    public async Task<(HashSet<SourceMessage> Skipped, bool Missed)> ForecastAsync(Mailbox mailbox, long validity, IReadOnlyList<SourceMessage> unknown, CancellationToken cancel)
    {
        var status = mailbox.Status;
        var sameFolder = string.Equals(status.CursorFolder, CursorFolder(mailbox), StringComparison.Ordinal);
        var sameCursor = mailbox.Protocol == MailboxProtocol.Imap && sameFolder && status.UidValidity == validity;
        var missed = sameCursor && unknown.Any(message => message.Number <= status.LastUid);
        return (sameCursor && !missed ? [] : Skipped(mailbox, sameFolder, unknown, await FirstSeenAsync(mailbox, cancel)), missed);
    }

    /// <summary>POP3 has one folder and no cursor; that its first listing is done is told all the same.</summary>
    private static string CursorFolder(Mailbox mailbox) => mailbox.Protocol == MailboxProtocol.Imap ? mailbox.Folder : "(POP3)";

    private async Task<IReadOnlyList<SourceMessage>> UnknownAsync(Mailbox mailbox, IReadOnlyList<SourceMessage> listed, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var unknown = new List<SourceMessage>(listed.Count);
        foreach (var chunk in listed.Chunk(Chunk))
        {
            var identities = chunk.Select(message => LedgerIdentity.Of(mailbox, message.Identity)).ToArray();
            var known = (await db.Ledger.Where(entry => entry.MailboxId == mailbox.Id && EF.Parameter(identities).Contains(entry.Identity)).Select(entry => entry.Identity).ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);
            unknown.AddRange(chunk.Where(message => !known.Contains(LedgerIdentity.Of(mailbox, message.Identity))));
        }
        return unknown;
    }

    /// <summary>Held-back messages, whose bytes are not here to know them by, go on under the number that they have now: what waits in quarantine waits once, and
    /// what somebody deleted there or turned away doesn't come back.</summary>
    /// <returns>The others.</returns>
    private async Task<IReadOnlyList<SourceMessage>> RenamedAsync(FetchContext fetch, IReadOnlyList<SourceMessage> unknown, CancellationToken cancel)
    {
        if (unknown.Count == 0) return unknown;
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var held = await db.Ledger.Where(entry => entry.MailboxId == fetch.Mailbox.Id && entry.StoredMailId == null && entry.ReceivedAt != null
                && ((entry.State == LedgerState.Quarantined && (entry.Reason == LedgerReason.TooLarge || entry.Reason == LedgerReason.Refused))
                    || (entry.State == LedgerState.Skipped && (entry.Reason == LedgerReason.DeletedByHand || entry.Reason == LedgerReason.RejectedByHand))))
            .OrderBy(entry => entry.Id).ToListAsync(cancel);
        var byLook = held.Where(entry => LedgerIdentity.IsOfFolder(fetch.Mailbox, entry.Identity) && LedgerIdentity.Locate(fetch.Mailbox, fetch.Source.Validity, entry.Identity, entry.Size) is null)
            .GroupBy(entry => (entry.Size, entry.ReceivedAt!.Value)).ToDictionary(group => group.Key, group => new Queue<LedgerEntry>(group.OrderBy(entry => entry.State == LedgerState.Skipped))); // of two that look alike, the one that waits is there
        var others = new List<SourceMessage>(unknown.Count);
        foreach (var message in unknown)
        {
            if (message.ReceivedAt is { } day && byLook.TryGetValue((message.Size, day), out var rows) && rows.TryDequeue(out var row)) row.Identity = LedgerIdentity.Of(fetch.Mailbox, message.Identity);
            else others.Add(message);
        }
        if (others.Count == unknown.Count) return unknown;
        await using var transaction = await sync.BeginAsync(db, cancel);
        await fetch.Lease.FenceAsync(db, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return others;
    }

    /// <summary>Which of the messages the first-fetch rule leaves out. It speaks of a mailbox (or IMAP folder) that is new to us; after a change of UIDVALIDITY
    /// it speaks again of the mail that was there before our first fetch, or years of old mail would become tickets.</summary>
    private static HashSet<SourceMessage> Skipped(Mailbox mailbox, bool sameFolder, IReadOnlyList<SourceMessage> unknown, DateTime? firstSeen)
    {
        if (sameFolder && mailbox.Protocol == MailboxProtocol.Pop3) return [];
        var old = !sameFolder ? unknown : [.. unknown.Where(message => message.ReceivedAt is null || message.ReceivedAt < firstSeen)];
        return [.. old.Except(FirstFetchRule.Taken(mailbox.FirstFetch, old))];
    }

    /// <summary>Null: the ledger has nothing of this mailbox.</summary>
    private async Task<DateTime?> FirstSeenAsync(Mailbox mailbox, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Ledger.Where(entry => entry.MailboxId == mailbox.Id).OrderBy(entry => entry.SeenAt).Select(entry => (DateTime?)entry.SeenAt).FirstOrDefaultAsync(cancel);
    }

    private async Task AddAsync(FetchContext fetch, SourceMessage[] messages, HashSet<SourceMessage> skipped, bool backlog, long? cursor, CancellationToken cancel)
    {
        var (mailbox, now) = (fetch.Mailbox, time.GetUtcNow().UtcDateTime);
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await sync.BeginAsync(db, cancel); // what is lost is listed again: the cursor is committed with the rows, or after them
        await fetch.Lease.FenceAsync(db, cancel);
        var entries = messages.Select(message => new LedgerEntry
        {
            MailboxId = mailbox.Id,
            Identity = LedgerIdentity.Of(mailbox, message.Identity),
            State = skipped.Contains(message) ? LedgerState.Skipped : LedgerState.Seen,
            Reason = skipped.Contains(message) ? LedgerReason.FirstFetch : null,
            Size = message.Size,
            ReceivedAt = message.ReceivedAt,
            SeenAt = now,
            Backlog = backlog,
        }).ToList();
        await BulkRows.InsertAsync(db, entries, cancel);
        if (cursor is { } last)
        {
            var folder = CursorFolder(mailbox);
            await db.MailboxStatuses.Where(status => status.MailboxId == mailbox.Id).ExecuteUpdateAsync(
                set => set.SetProperty(status => status.UidValidity, fetch.Source.Validity).SetProperty(status => status.CursorFolder, folder).SetProperty(status => status.LastUid, last),
                cancel);
        }
        await transaction.CommitAsync(cancel);
        fetch.Counts.Add(found: messages.Length, skipped: messages.Count(skipped.Contains));
    }
}
