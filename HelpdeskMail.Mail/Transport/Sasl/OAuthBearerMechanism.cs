using System.Globalization;
using System.Text;

namespace HelpdeskMail.Mail.Transport.Sasl;

/// <summary>RFC 7628. A refusal comes as a challenge of JSON, to be answered with a single Ctrl-A (§3.2.3).</summary>
internal sealed class OAuthBearerMechanism(MailCredentials.AccessToken credentials, MailEndpoint endpoint) : SaslMechanism
{
    public override string Name => "OAUTHBEARER";

    // The GS2 header writes "," and "=" of a user name as =2C and =3D (RFC 5801 §4).
    public override byte[]? InitialResponse { get; } = Utf8(string.Create(CultureInfo.InvariantCulture,
        $"n,a={credentials.UserName.Replace("=", "=3D").Replace(",", "=2C")},\u0001host={endpoint.Host}\u0001port={endpoint.Port}\u0001auth=Bearer {credentials.Value}\u0001\u0001"));

    public override byte[]? Respond(ReadOnlySpan<byte> challenge)
    {
        if (challenge.IsEmpty)
            return InitialResponse;
        ServerDetail = Encoding.UTF8.GetString(challenge);
        return [1];
    }
}
