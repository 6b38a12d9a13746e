using HelpdeskMail.Mail.Imap.Wire;

namespace HelpdeskMail.Mail.Imap.Commands;

/// <summary>RFC 9051 §6.3.9; asks for the special uses (RFC 6154) where the server only tells them when asked (LIST-EXTENDED), and on demand for the
/// counts (RFC 5819).</summary>
internal sealed class ListCommand(ImapMailboxNames names, string reference, string pattern, bool askSpecialUse, bool askCounts = false) : ImapCommand
{
    public override string Name => "LIST";

    public List<ImapFolder> Folders { get; } = [];

    public Dictionary<string, ImapCounts> Counts { get; } = new(StringComparer.Ordinal);

    public override void Write(ImapCommandWriter writer)
    {
        writer.Keyword(Name).Space().Mailbox(reference).Space().Pattern(pattern);
        if (askSpecialUse || askCounts)
            writer.Space().Keyword((askSpecialUse, askCounts) switch
            {
                (true, true) => "RETURN (SPECIAL-USE STATUS (MESSAGES UNSEEN))",
                (true, false) => "RETURN (SPECIAL-USE)",
                _ => "RETURN (STATUS (MESSAGES UNSEEN))",
            });
    }

    public override bool OnUntagged(string keyword, uint number, ref ImapParser parser)
    {
        if (keyword == "STATUS" && askCounts)
        {
            var (mailbox, counts) = StatusCommand.Read(names, ref parser);
            Counts[mailbox] = counts;
            return true;
        }

        if (keyword is not ("LIST" or "XLIST"))
            return false;
        parser.ExpectSpace();
        var attributes = parser.ReadFlagList();
        parser.ExpectSpace();
        var separator = parser.ReadNString();
        parser.ExpectSpace();
        var name = names.Decode(parser.ReadAStringBytes());
        // RFC 9051 §5.1: INBOX is the one name without regard to case.
        if (name.Equals("INBOX", StringComparison.OrdinalIgnoreCase))
            name = "INBOX";
        Folders.Add(new ImapFolder(name, separator is [var first, ..] ? first : null, attributes));
        return true;
    }
}
