namespace HelpdeskMail.Mail.Transport;

/// <summary>How a connection is protected. There is no "use TLS if possible": that is what a man in the middle would ask for (RFC 8314 §3).</summary>
public enum ConnectionSecurity
{
    /// <summary>Plain text, explicitly chosen. Credentials travel readable.</summary>
    None,

    /// <summary>Plain greeting, then STARTTLS (STLS in POP3). A server that does not offer it is refused.</summary>
    StartTls,

    /// <summary>TLS from the first byte (ports 993, 995, 465).</summary>
    Tls,
}
