using HelpdeskMail.Mail.Imap.Wire;

namespace HelpdeskMail.Mail.Imap.Commands;

/// <summary>RFC 2342. Only the first personal namespace is kept.</summary>
internal sealed class NamespaceCommand(ImapMailboxNames names) : ImapCommand
{
    public override string Name => "NAMESPACE";

    public ImapNamespace? Personal { get; private set; }

    public override void Write(ImapCommandWriter writer) => writer.Keyword(Name);

    public override bool OnUntagged(string keyword, uint number, ref ImapParser parser)
    {
        if (keyword != "NAMESPACE")
            return false;
        parser.ExpectSpace();
        if (parser.TryRead('(') && parser.TryRead('('))
        {
            var prefix = names.Decode(parser.ReadAStringBytes());
            parser.ExpectSpace();
            Personal = new ImapNamespace(prefix, parser.ReadNString() is [var separator, ..] ? separator : null);
        }

        return true;
    }
}
