using HelpdeskMail.Mail.Imap.Wire;

namespace HelpdeskMail.Mail.Imap.Commands;

/// <summary>UID, FLAGS, INTERNALDATE and RFC822.SIZE of messages; with CONDSTORE only of those changed since.</summary>
internal sealed class UidFetchSummariesCommand(UidSet uids, ulong? changedSince = null, bool modSeq = false) : ImapCommand
{
    private readonly Dictionary<uint, MessageSummary> _found = [];

    public override string Name => "UID FETCH";

    public IReadOnlyCollection<MessageSummary> Summaries => _found.Values;

    /// <summary>Those of the given UIDs that were asked for and not answered.</summary>
    public UidSet Missing(IEnumerable<uint> all) => UidSet.Of(all.Where(uid => !_found.ContainsKey(uid)));

    public override void Write(ImapCommandWriter writer)
    {
        writer.Keyword(Name).Space().Uids(uids).Space();
        writer.Keyword(modSeq || changedSince is not null ? "(UID FLAGS INTERNALDATE RFC822.SIZE MODSEQ)" : "(UID FLAGS INTERNALDATE RFC822.SIZE)");
        if (changedSince is { } since)
            writer.Space().Keyword("(CHANGEDSINCE").Space().Number(since).Keyword(")");
    }

    public override bool OnUntagged(string keyword, uint number, ref ImapParser parser)
    {
        if (keyword != "FETCH")
            return false;
        var before = parser;
        var items = FetchItems.Read(ref parser);
        if (items.Uid is not { } uid || items.Size is not { } size || items.Body is not null || !uids.Contains(uid))
        {
            parser = before;
            return false;
        }

        _found[uid] = new MessageSummary(uid, items.Flags ?? [], items.InternalDate, size, items.ModSeq);
        return true;
    }
}
