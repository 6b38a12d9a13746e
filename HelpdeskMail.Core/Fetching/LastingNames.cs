using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Mailboxes;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Fetching;

/// <summary>
/// Finds POP3 servers whose lasting names (UIDL) don't last, before a new message is taken for one that was fetched long ago, or the whole mailbox
/// for new. Such messages are told apart by their headers; what is downloaded once more by that is recognised by its content.
/// </summary>
internal sealed class LastingNames(IDbContextFactory<HelpdeskDb> contexts)
{
    private const string Uidl = "uidl:";
    private const int Chunk = 1000;
    private const int Last = 2000;

    public async Task<IReadOnlyList<SourceMessage>> CheckAsync(Mailbox mailbox, IMailSource source, ICommunication log, IReadOnlyList<SourceMessage> listed, CancellationToken cancel)
    {
        var named = listed.Where(message => message.Identity.StartsWith(Uidl, StringComparison.Ordinal)).ToList();
        if (named.Count == 0) return listed;
        var known = await KnownAsync(mailbox.Id, named, cancel);
        if (mailbox.AfterFetch == AfterFetch.Delete)
        {
            // Deleted, and here again: another message under the name of one that is gone, as servers do that simply count. Then no name is to be
            // believed: that of a mail stored and not yet deleted may be another's by now, which would be deleted for it.
            var deleted = await DeletedAsync(mailbox.Id, cancel);
            var again = named.Count(message => deleted.Contains(Pop3Names.UidlOf(message.Identity)) || (known.TryGetValue(message.Identity, out var row) && row.State == LedgerState.Acknowledged && row.Place != LedgerPlace.Folder));
            return again == 0 ? listed : await DistinguishAsync(source, log, $"{again} messages have the lasting name (UIDL) of one that was fetched and deleted. All are told apart by their headers.", cancel);
        }
        return known.Count > 0 || !await WereLeftAsync(mailbox.Id, cancel)
            ? listed
            : await DistinguishAsync(source, log, "No message has a name (UIDL) that was seen before: either all earlier mail was removed, or this server gives new names in every session. Messages are told apart by their headers now; use IMAP if this warning stays.", cancel);
    }

    private static async Task<IReadOnlyList<SourceMessage>> DistinguishAsync(IMailSource source, ICommunication log, string warning, CancellationToken cancel)
    {
        log.Add(LogLevels.Warning, "names", warning);
        return await source.DistinguishAsync(cancel);
    }

    private async Task<Dictionary<string, (LedgerState State, LedgerPlace? Place)>> KnownAsync(long mailboxId, List<SourceMessage> named, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var known = new Dictionary<string, (LedgerState, LedgerPlace?)>(StringComparer.Ordinal);
        foreach (var chunk in named.Chunk(Chunk))
        {
            var identities = chunk.Select(message => message.Identity).ToArray();
            var rows = await db.Ledger.Where(entry => entry.MailboxId == mailboxId && EF.Parameter(identities).Contains(entry.Identity)).Select(entry => new { entry.Identity, entry.State, entry.Place }).ToListAsync(cancel);
            foreach (var row in rows) known[row.Identity] = (row.State, row.Place);
        }
        return known;
    }

    /// <summary>The server's names of what we deleted last.</summary>
    private async Task<HashSet<string>> DeletedAsync(long mailboxId, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var last = await db.Ledger.Where(entry => entry.MailboxId == mailboxId && entry.State == LedgerState.Acknowledged && entry.Place != LedgerPlace.Folder).OrderByDescending(entry => entry.Id).Take(Last).Select(entry => entry.Identity).ToListAsync(cancel);
        return last.Where(identity => identity.StartsWith(Uidl, StringComparison.Ordinal)).Select(Pop3Names.UidlOf).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether mail was left on the server that should be there still.</summary>
    private async Task<bool> WereLeftAsync(long mailboxId, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Ledger.AnyAsync(entry => entry.MailboxId == mailboxId && (entry.State == LedgerState.Acknowledged || entry.State == LedgerState.Skipped) && entry.Identity.StartsWith(Uidl), cancel);
    }
}
