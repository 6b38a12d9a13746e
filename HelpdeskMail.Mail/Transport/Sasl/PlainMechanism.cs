namespace HelpdeskMail.Mail.Transport.Sasl;

/// <summary>RFC 4616: authorization id (empty), user, password, separated by NUL.</summary>
internal sealed class PlainMechanism(MailCredentials.Password credentials) : SaslMechanism
{
    public override string Name => "PLAIN";

    public override byte[]? InitialResponse { get; } = Utf8($"\0{WithoutNul(credentials.UserName)}\0{WithoutNul(credentials.Value)}");

    /// <summary>A server that ignores initial responses sends an empty challenge; the answer is the same.</summary>
    public override byte[]? Respond(ReadOnlySpan<byte> challenge) => InitialResponse;

    private static string WithoutNul(string value) =>
        value.Contains('\0') ? throw new ArgumentException("User name and password can't contain NUL.", nameof(value)) : value;
}
