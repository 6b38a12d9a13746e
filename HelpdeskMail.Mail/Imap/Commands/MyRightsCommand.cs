using HelpdeskMail.Mail.Imap.Wire;

namespace HelpdeskMail.Mail.Imap.Commands;

/// <summary>RFC 4314 §3.5: what this user may do with a mailbox.</summary>
internal sealed class MyRightsCommand(string mailbox) : ImapCommand
{
    public override string Name => "MYRIGHTS";

    public string? Rights { get; private set; }

    public override void Write(ImapCommandWriter writer) => writer.Keyword(Name).Space().Mailbox(mailbox);

    public override bool OnUntagged(string keyword, uint number, ref ImapParser parser)
    {
        if (keyword != "MYRIGHTS")
            return false;
        parser.ExpectSpace();
        parser.ReadAStringBytes();
        parser.ExpectSpace();
        Rights = System.Text.Encoding.ASCII.GetString(parser.ReadAStringBytes());
        return true;
    }
}
