using HelpdeskMail.Mail.Imap.Wire;

namespace HelpdeskMail.Mail.Imap.Commands;

/// <summary>UID SEARCH (RFC 9051 §6.4.4), with ranges for an answer where the server can (ESEARCH, RFC 4731).</summary>
internal sealed class UidSearchCommand(ImapSearch search, bool extended) : ImapCommand
{
    public override string Name => "UID SEARCH";

    public List<uint> Uids { get; } = [];

    public override void Write(ImapCommandWriter writer)
    {
        writer.Keyword(Name).Space();
        if (extended)
            writer.Keyword("RETURN (ALL)").Space();
        if (search.NeedsUtf8)
            writer.Keyword("CHARSET UTF-8").Space();
        search.Write(writer);
    }

    public override bool OnUntagged(string keyword, uint number, ref ImapParser parser)
    {
        if (keyword == "SEARCH")
        {
            parser.SkipSpaces();
            while (parser.TryReadNumber(out var uid))
            {
                if (Uids.Count >= UidSet.MaxExpanded)
                    throw parser.Expected("the end of a list of UIDs");
                Uids.Add((uint)uid);
                parser.SkipSpaces();
            }

            // (MODSEQ n) may follow.
            return true;
        }

        if (keyword != "ESEARCH")
            return false;
        ReadExtended(ref parser);
        return true;
    }

    private void ReadExtended(ref ImapParser parser)
    {
        parser.SkipSpaces();
        if (parser.Sees('('))
        {
            // (TAG "A7"): whose search this was; only one runs at a time.
            parser.SkipValue();
            parser.SkipSpaces();
        }

        while (!parser.AtEnd)
        {
            var item = parser.ReadAtom();
            parser.SkipSpaces();
            if (item.Equals("UID", StringComparison.OrdinalIgnoreCase))
                continue;
            if (item.Equals("ALL", StringComparison.OrdinalIgnoreCase))
                Uids.AddRange(UidSet.Expand(parser.ReadAtom(), UidSet.MaxExpanded - Uids.Count) ?? throw parser.Expected("sequence-set"));
            else
                parser.SkipValue();
            parser.SkipSpaces();
        }
    }
}
