using HelpdeskMail.Mail.Imap.Wire;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Mail.Imap.Commands;

/// <summary>RFC 9051 §6.2.2; with an initial response (RFC 4959) it is on the same line, "=" when empty.</summary>
internal sealed class AuthenticateCommand(string mechanism, byte[]? initialResponse) : ImapCommand
{
    public override string Name => "AUTHENTICATE";

    public override void Write(ImapCommandWriter writer)
    {
        writer.Keyword(Name).Space().Keyword(mechanism);
        if (initialResponse is not null)
            writer.Space().SecretWord(initialResponse.Length == 0 ? "=" : Convert.ToBase64String(initialResponse));
    }
}
