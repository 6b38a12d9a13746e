using System.Text;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Mail.Transport.Sasl;

/// <summary>One way to prove who we are (RFC 4422): what we say first, and what we answer to each challenge.</summary>
internal abstract class SaslMechanism
{
    public abstract string Name { get; }

    /// <summary>Null where the server speaks first (LOGIN).</summary>
    public abstract byte[]? InitialResponse { get; }

    /// <summary>Null: nothing sensible can be said to that; the exchange is to be cancelled.</summary>
    public abstract byte[]? Respond(ReadOnlySpan<byte> challenge);

    /// <summary>The server's explanation where the mechanism has one (OAuth sends JSON as a challenge).</summary>
    public string? ServerDetail { get; protected set; }

    /// <summary>The best of the offered mechanisms for these credentials, or null.</summary>
    public static SaslMechanism? Choose(MailCredentials credentials, IReadOnlyCollection<string> offered, MailEndpoint endpoint)
    {
        bool Offers(string name) => offered.Contains(name, StringComparer.OrdinalIgnoreCase);
        return credentials switch
        {
            MailCredentials.Password password when Offers("PLAIN") => new PlainMechanism(password),
            MailCredentials.Password password when Offers("LOGIN") => new LoginMechanism(password),
            MailCredentials.AccessToken token when Offers("XOAUTH2") => new XOAuth2Mechanism(token),
            MailCredentials.AccessToken token when Offers("OAUTHBEARER") => new OAuthBearerMechanism(token, endpoint),
            _ => null,
        };
    }

    /// <summary>By name, for tests and for servers that accept what they don't announce.</summary>
    public static SaslMechanism? Named(string name, MailCredentials credentials, MailEndpoint endpoint) => Choose(credentials, [name], endpoint);

    /// <summary>Registers every form in which the secret can appear on the wire.</summary>
    public static void Protect(ProtocolTrace trace, MailCredentials credentials, SaslMechanism? mechanism)
    {
        trace.Protect(credentials.Secret);
        if (mechanism?.InitialResponse is { Length: > 0 } initial)
            trace.Protect(Convert.ToBase64String(initial));
    }

    protected static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
