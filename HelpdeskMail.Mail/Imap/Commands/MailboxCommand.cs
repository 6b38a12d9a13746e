using HelpdeskMail.Mail.Imap.Wire;

namespace HelpdeskMail.Mail.Imap.Commands;

/// <summary>CREATE, DELETE, SUBSCRIBE: a mailbox and nothing else.</summary>
internal sealed class MailboxCommand(string name, string mailbox) : ImapCommand
{
    public override string Name => name;

    public override void Write(ImapCommandWriter writer) => writer.Keyword(name).Space().Mailbox(mailbox);
}
