using HelpdeskMail.Mail.Imap.Wire;

namespace HelpdeskMail.Mail.Imap.Commands;

/// <summary>RFC 5161: what the server then lists as enabled counts, not what we asked for.</summary>
internal sealed class EnableCommand(string capability) : ImapCommand
{
    public override string Name => "ENABLE";

    public List<string> Enabled { get; } = [];

    public override void Write(ImapCommandWriter writer) => writer.Keyword(Name).Space().Keyword(capability);

    public override bool OnUntagged(string keyword, uint number, ref ImapParser parser)
    {
        if (keyword != "ENABLED")
            return false;
        Enabled.AddRange(parser.ReadRest().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return true;
    }
}
