namespace HelpdeskMail.Mail.Transport;

/// <summary>TLS worked but the server's certificate was not accepted. Carries it, so that an administrator may look and pin it.</summary>
public sealed class CertificateRefusedException(ServerCertificate certificate, IReadOnlyList<string> reasons)
    : MailProtocolException(MailFaultKind.CertificateRefused, "The server's certificate was refused: " + string.Join("; ", reasons) + ".")
{
    public ServerCertificate Certificate { get; } = certificate;

    /// <summary>Each a clause in plain words: "it expired on 2025-01-31".</summary>
    public IReadOnlyList<string> Reasons { get; } = reasons;
}
