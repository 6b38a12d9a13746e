using HelpdeskMail.Mail.Imap.Wire;

namespace HelpdeskMail.Mail.Imap.Commands;

/// <summary>RFC 9051 §6.2.3.</summary>
internal sealed class LoginCommand(string userName, string password) : ImapCommand
{
    public override string Name => "LOGIN";

    public override void Write(ImapCommandWriter writer) =>
        writer.Keyword(Name).Space().String(userName).Space().Secret(password);
}
