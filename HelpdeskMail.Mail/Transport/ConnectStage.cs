namespace HelpdeskMail.Mail.Transport;

/// <summary>The steps of getting to a greeting, in the order they are gone through (with STARTTLS the greeting comes before TLS).</summary>
public enum ConnectStage
{
    Resolve,
    Connect,
    Tls,
    Greeting,
}
