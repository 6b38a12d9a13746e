using System.Text;

namespace HelpdeskMail.Mail.Transport.Sasl;

/// <summary>The form Google invented and Microsoft took over. A refusal comes as a challenge of JSON, to be answered with nothing.</summary>
internal sealed class XOAuth2Mechanism(MailCredentials.AccessToken credentials) : SaslMechanism
{
    public override string Name => "XOAUTH2";

    public override byte[]? InitialResponse { get; } = Utf8($"user={credentials.UserName}\u0001auth=Bearer {credentials.Value}\u0001\u0001");

    public override byte[]? Respond(ReadOnlySpan<byte> challenge)
    {
        if (challenge.IsEmpty)
            return InitialResponse;
        ServerDetail = Encoding.UTF8.GetString(challenge);
        return [];
    }
}
