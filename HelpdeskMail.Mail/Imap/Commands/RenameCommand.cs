using HelpdeskMail.Mail.Imap.Wire;

namespace HelpdeskMail.Mail.Imap.Commands;

/// <summary>RFC 9051 §6.3.6.</summary>
internal sealed class RenameCommand(string from, string to) : ImapCommand
{
    public override string Name => "RENAME";

    public override void Write(ImapCommandWriter writer) => writer.Keyword(Name).Space().Mailbox(from).Space().Mailbox(to);
}
