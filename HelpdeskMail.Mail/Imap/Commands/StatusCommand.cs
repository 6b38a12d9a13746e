using HelpdeskMail.Mail.Imap.Wire;

namespace HelpdeskMail.Mail.Imap.Commands;

/// <summary>STATUS (RFC 9051 §6.3.11) of a mailbox that isn't selected: how many messages, and how many of them unread.</summary>
internal sealed class StatusCommand(ImapMailboxNames names, string mailbox) : ImapCommand
{
    public override string Name => "STATUS";

    public ImapCounts? Counts { get; private set; }

    public override void Write(ImapCommandWriter writer) => writer.Keyword(Name).Space().Mailbox(mailbox).Space().Keyword("(MESSAGES UNSEEN)");

    public override bool OnUntagged(string keyword, uint number, ref ImapParser parser)
    {
        if (keyword != "STATUS")
            return false;
        Counts = Read(names, ref parser).Counts;
        return true;
    }

    /// <summary>The response behind its keyword; LIST sends the same (RFC 5819).</summary>
    public static (string Mailbox, ImapCounts Counts) Read(ImapMailboxNames names, ref ImapParser parser)
    {
        parser.ExpectSpace();
        var mailbox = names.Decode(parser.ReadAStringBytes());
        parser.ExpectSpace();
        parser.Expect('(');
        var counts = new ImapCounts(0, 0);
        parser.SkipSpaces();
        while (!parser.TryRead(')'))
        {
            var item = parser.ReadAtom().ToUpperInvariant();
            parser.ExpectSpace();
            if (item is "MESSAGES" or "UNSEEN" && parser.TryReadNumber(out var value))
                counts = item == "MESSAGES" ? counts with { Messages = (long)value } : counts with { Unseen = (long)value };
            else
                parser.SkipValue();
            parser.SkipSpaces();
        }

        return (mailbox.Equals("INBOX", StringComparison.OrdinalIgnoreCase) ? "INBOX" : mailbox, counts);
    }
}
