using HelpdeskMail.Mail.Imap.Wire;

namespace HelpdeskMail.Mail.Imap.Commands;

/// <summary>A command without arguments and without answers of its own: NOOP, STARTTLS, CLOSE, UNSELECT, EXPUNGE, LOGOUT, IDLE.</summary>
internal sealed class SimpleCommand(string name) : ImapCommand
{
    public override string Name => name;

    public override void Write(ImapCommandWriter writer) => writer.Keyword(name);
}
