namespace HelpdeskMail.Mail.Transport;

/// <summary>What client and server agreed on.</summary>
/// <param name="Protocol">"TLS 1.3".</param>
/// <param name="IsOutdated">Older than TLS 1.2, which RFC 8996 has withdrawn.</param>
/// <param name="Chain">Subjects from the server's own certificate up to the root, as far as this system could build it.</param>
/// <param name="IsPinned">Accepted because it is the pinned one; its name, dates and issuer were not looked at.</param>
public sealed record TlsSession(string Protocol, bool IsOutdated, string Cipher, ServerCertificate? Certificate, IReadOnlyList<string> Chain, bool IsPinned);
