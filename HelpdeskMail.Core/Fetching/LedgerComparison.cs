using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Fetching;

/// <summary>A ledger row as the comparison needs it.</summary>
internal sealed record ComparedRow(long Id, string Identity, LedgerState State, string? Reason, LedgerPlace? Place, long Size, DateTime? ReceivedAt, DateTime SeenAt, string? Subject, bool IsStored);

/// <summary>Compares what a server lists with what the ledger says, row by row; nothing is held of the ledger but what differs.
/// In another folder, or under another UIDVALIDITY, a message has another identity: there it is known by size and date of arrival, which a server
/// keeps when it moves or renumbers a message (RFC 6851 §3.1, RFC 9051 §2.3.3). POP3 tells no dates: there the size has to do.</summary>
internal sealed class LedgerComparison
{
    private const int MaxExamples = 50;

    private readonly Mailbox mailbox;
    private readonly long validity;

    /// <summary>POP3: how all listed messages are named ("uidl" or "top"); null: in both ways, or nothing is listed. See <see cref="Pop3Names"/>.</summary>
    private readonly string? scheme;
    private readonly Dictionary<string, SourceMessage> unseen;
    private readonly Dictionary<(long, DateTime), int>? archived;
    private readonly Dictionary<(long, DateTime), int> renumbered = [];
    private readonly List<ComparedRow> renumberedWaiting = [];
    private readonly Dictionary<LedgerDifferenceKind, (int Count, List<LedgerDifferenceItem> Examples)> differences = [];

    /// <param name="folder">The whole folder.</param>
    /// <param name="archive">The whole archive folder; null: there is none to look into.</param>
    public LedgerComparison(Mailbox mailbox, long validity, IReadOnlyList<SourceMessage> folder, IReadOnlyList<SourceMessage>? archive)
    {
        (this.mailbox, this.validity, InFolder) = (mailbox, validity, folder.Count);
        unseen = folder.ToDictionary(message => LedgerIdentity.Of(mailbox, message.Identity), StringComparer.Ordinal);
        if (mailbox.Protocol == MailboxProtocol.Pop3 && folder.Select(message => SchemeOf(message.Identity)).Distinct(StringComparer.Ordinal).ToList() is [var only]) scheme = only;
        if (archive is null) return;
        archived = [];
        foreach (var message in archive) Count(archived, message.Size, message.ReceivedAt);
    }

    public int InFolder { get; }

    public int Accounted { get; private set; }

    public int Waiting { get; private set; }

    public int Unknown { get; private set; }

    /// <summary>Acknowledged mails found in the archive.</summary>
    public int InArchive { get; private set; }

    /// <summary>Rows whose copy is somewhere else than the ledger thought.</summary>
    public List<(long Id, LedgerPlace Place)> Moved { get; } = [];

    /// <summary>Rows whose number stands for another mail now (a folder restored or replaced, with its UIDVALIDITY kept).</summary>
    public List<long> Replaced { get; } = [];

    /// <summary>What is listed and has no row (yet); when all rows are taken.</summary>
    public IEnumerable<SourceMessage> NotInLedger => unseen.Values;

    public List<LedgerDifference> Differences => [.. differences.OrderBy(pair => pair.Key).Select(pair => new LedgerDifference(pair.Key, pair.Value.Count, pair.Value.Examples))];

    public void Take(ComparedRow row)
    {
        if (unseen.TryGetValue(row.Identity, out var message))
        {
            if (IsAnother(row, message))
            {
                Replaced.Add(row.Id);
                if (row.State == LedgerState.Acknowledged) Absent(row);
                return;
            }
            unseen.Remove(row.Identity);
            Present(row);
            return;
        }
        var hasOtherName = mailbox.Protocol == MailboxProtocol.Imap ? LedgerIdentity.Locate(mailbox, validity, row.Identity, row.Size) is null : scheme is not null && SchemeOf(row.Identity) != scheme;
        if (hasOtherName) Elsewhere(row);
        else Absent(row);
    }

    /// <summary>When all rows are taken: names what is on the server and in no row.</summary>
    /// <param name="skipped">Those that the next fetch will leave out.</param>
    public void Finish(IReadOnlySet<SourceMessage> skipped)
    {
        foreach (var message in unseen.Values.OrderBy(message => message.Number))
        {
            Unknown++;
            var kind = Uncount(renumbered, message.Size, Day(message.ReceivedAt)) ? LedgerDifferenceKind.Renumbered
                : skipped.Contains(message) ? LedgerDifferenceKind.WillBeSkipped
                : LedgerDifferenceKind.NewOnServer;
            Tell(kind, new LedgerDifferenceItem(null, LedgerIdentity.Of(mailbox, message.Identity), message.Size, message.ReceivedAt, null));
        }
        // What waits under an old number and was not found under a new one.
        foreach (var row in renumberedWaiting.Where(row => Uncount(renumbered, row.Size, Day(row.ReceivedAt)))) Tell(LedgerDifferenceKind.WaitingGone, row);
    }

    private void Present(ComparedRow row)
    {
        Uncount(renumbered, row.Size, Day(row.ReceivedAt)); // the older row that it has by its earlier name is explained
        switch (row.State)
        {
            case LedgerState.Seen or LedgerState.Stored:
                Waiting++;
                return;
            case LedgerState.Acknowledged when row.Place is LedgerPlace.Archive or LedgerPlace.Deleted:
                Tell(LedgerDifferenceKind.StillThere, row);
                break;
            case LedgerState.Quarantined:
                Tell(LedgerDifferenceKind.QuarantinedThere, row);
                break;
        }
        Accounted++;
        if (row.State is LedgerState.Acknowledged or LedgerState.Skipped && row.Place is null or LedgerPlace.Gone) Moved.Add((row.Id, LedgerPlace.Folder));
    }

    private void Absent(ComparedRow row)
    {
        var inArchive = archived is not null && row.State is LedgerState.Acknowledged or LedgerState.Decided && row.Place != LedgerPlace.Deleted && Uncount(archived, row.Size, row.ReceivedAt);
        if (inArchive) InArchive++;
        switch (row.State)
        {
            case LedgerState.Seen:
                Tell(LedgerDifferenceKind.WaitingGone, row);
                return;
            case LedgerState.Stored or LedgerState.Decided:
                Tell(LedgerDifferenceKind.LeftEarly, row);
                return;
            case LedgerState.Quarantined:
                if (!row.IsStored) Tell(LedgerDifferenceKind.QuarantinedGone, row);
                break;
            case LedgerState.Acknowledged when !inArchive && row.Place is LedgerPlace.Folder or null && row.Reason is null:
                Tell(LedgerDifferenceKind.MovedByPeople, row);
                break;
            case LedgerState.Acknowledged when !inArchive && row.Place is LedgerPlace.Archive && archived is not null:
                Tell(LedgerDifferenceKind.MovedByPeople, row);
                break;
        }
        var place = inArchive ? LedgerPlace.Archive : row.Place is LedgerPlace.Deleted || (row.Place is LedgerPlace.Archive && archived is null) ? row.Place.Value : LedgerPlace.Gone;
        if (place != row.Place) Moved.Add((row.Id, place));
    }

    /// <summary>A row of another UIDVALIDITY or folder, or of a time when the POP3 server's names were believed: the message may be listed under a new name.</summary>
    private void Elsewhere(ComparedRow row)
    {
        if (row.State == LedgerState.Acknowledged && row.Place == LedgerPlace.Archive)
        {
            Absent(row);
            return;
        }
        if (row.Place is LedgerPlace.Deleted or LedgerPlace.Gone || row.Reason == LedgerReason.IdentityChanged) return;
        Count(renumbered, row.Size, Day(row.ReceivedAt));
        if (row.State == LedgerState.Seen) renumberedWaiting.Add(row);
    }

    private DateTime? Day(DateTime? received) => mailbox.Protocol == MailboxProtocol.Pop3 ? DateTime.MinValue : received;

    private static string SchemeOf(string identity) => identity.Split(':')[0];

    /// <summary>Both differ: a server may be wrong about a size, but doesn't change the day a message came.</summary>
    private static bool IsAnother(ComparedRow row, SourceMessage message) =>
        row.ReceivedAt is { } known && message.ReceivedAt is { } now && known != now && row.Size != message.Size;

    private void Tell(LedgerDifferenceKind kind, ComparedRow row) => Tell(kind, new LedgerDifferenceItem(row.Id, row.Identity, row.Size, row.ReceivedAt, row.Subject));

    private void Tell(LedgerDifferenceKind kind, LedgerDifferenceItem item)
    {
        var (count, examples) = differences.GetValueOrDefault(kind, (0, []));
        if (examples.Count < MaxExamples) examples.Add(item);
        differences[kind] = (count + 1, examples);
    }

    private static void Count(Dictionary<(long, DateTime), int> all, long size, DateTime? at)
    {
        if (at is { } day) all[(size, day)] = all.GetValueOrDefault((size, day)) + 1;
    }

    private static bool Uncount(Dictionary<(long, DateTime), int> all, long size, DateTime? at)
    {
        if (at is not { } day || !all.TryGetValue((size, day), out var count)) return false;
        if (count > 1) all[(size, day)] = count - 1;
        else all.Remove((size, day));
        return true;
    }
}
