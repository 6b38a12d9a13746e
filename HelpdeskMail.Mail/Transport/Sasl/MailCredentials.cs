namespace HelpdeskMail.Mail.Transport.Sasl;

/// <summary>Who we are to a mail server. Never prints its secret.</summary>
public abstract record MailCredentials(string UserName)
{
    internal abstract string Secret { get; }

    /// <summary>A password or an app password.</summary>
    public sealed record Password(string UserName, string Value) : MailCredentials(UserName)
    {
        internal override string Secret => Value;

        public override string ToString() => $"password of {UserName}";
    }

    /// <summary>An OAuth 2.0 access token, without the word "Bearer".</summary>
    public sealed record AccessToken(string UserName, string Value) : MailCredentials(UserName)
    {
        internal override string Secret => Value;

        public override string ToString() => $"access token of {UserName}";
    }

    public override string ToString() => $"credentials of {UserName}";
}
