namespace HelpdeskMail.Core.Mailboxes;

/// <summary>One step of a connection test.</summary>
/// <param name="Name">resolve, connect, tls, greeting, login, folder or rights (inbound); resolve … login, send (outbound).</param>
/// <param name="Text">Plain words: what was found, or what is wrong and what to do.</param>
/// <param name="Server">The server's own words, verbatim.</param>
/// <param name="CertificateSha256">On a refused certificate: its hash, so that the administrator may pin it.</param>
public sealed record TestStep(string Name, bool Ok, double Milliseconds, string Text, string? Server, string? CertificateSha256 = null);
