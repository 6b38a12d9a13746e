namespace HelpdeskMail.Mail.Transport;

/// <summary>Where a mail server listens and how the way there is protected.</summary>
/// <param name="Host">Name or literal address; also the name its certificate has to carry.</param>
/// <param name="Port">1–65535.</param>
/// <param name="Security">Plain, STARTTLS or TLS.</param>
public sealed record MailEndpoint(string Host, int Port, ConnectionSecurity Security)
{
    /// <summary>SHA-256 of the one certificate to accept, in hex (colons allowed). Null: ordinary validation.</summary>
    public string? PinnedCertificate { get; init; }

    public override string ToString() => $"{Host}:{Port}";
}
