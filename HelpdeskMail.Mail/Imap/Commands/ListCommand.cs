using HelpdeskMail.Mail.Imap.Wire;

namespace HelpdeskMail.Mail.Imap.Commands;

/// <summary>RFC 9051 §6.3.9; asks for the special uses (RFC 6154) where the server only tells them when asked (LIST-EXTENDED).</summary>
internal sealed class ListCommand(ImapMailboxNames names, string reference, string pattern, bool askSpecialUse) : ImapCommand
{
    public override string Name => "LIST";

    public List<ImapFolder> Folders { get; } = [];

    public override void Write(ImapCommandWriter writer)
    {
        writer.Keyword(Name).Space().Mailbox(reference).Space().Pattern(pattern);
        if (askSpecialUse)
            writer.Space().Keyword("RETURN (SPECIAL-USE)");
    }

    public override bool OnUntagged(string keyword, uint number, ref ImapParser parser)
    {
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
