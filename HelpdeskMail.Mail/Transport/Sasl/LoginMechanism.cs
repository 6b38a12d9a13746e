namespace HelpdeskMail.Mail.Transport.Sasl;

/// <summary>draft-murchison-sasl-login: the server asks for the user name, then for the password; the prompts' texts vary and don't matter.</summary>
internal sealed class LoginMechanism(MailCredentials.Password credentials) : SaslMechanism
{
    private int _asked;

    public override string Name => "LOGIN";

    public override byte[]? InitialResponse => null;

    public override byte[]? Respond(ReadOnlySpan<byte> challenge) => _asked++ switch
    {
        0 => Utf8(credentials.UserName),
        1 => Utf8(credentials.Value),
        _ => null,
    };
}
