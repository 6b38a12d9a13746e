using HelpdeskMail.Mail.Imap.Wire;

namespace HelpdeskMail.Mail.Imap.Commands;

/// <summary>Headers, without the text and without setting \Seen.</summary>
internal sealed class UidFetchHeadersCommand(UidSet uids) : ImapCommand
{
    public override string Name => "UID FETCH";

    public override bool BringsBodies => true;

    public Dictionary<uint, byte[]> Headers { get; } = [];

    public override void Write(ImapCommandWriter writer) =>
        writer.Keyword(Name).Space().Uids(uids).Space().Keyword("(UID BODY.PEEK[HEADER])");

    public override bool OnUntagged(string keyword, uint number, ref ImapParser parser)
    {
        if (keyword != "FETCH")
            return false;
        var before = parser;
        var items = FetchItems.Read(ref parser);
        if (items.Uid is not { } uid || items.Body is not { } header || !uids.Contains(uid))
        {
            parser = before;
            return false;
        }

        Headers[uid] = header.ToArray();
        return true;
    }
}
