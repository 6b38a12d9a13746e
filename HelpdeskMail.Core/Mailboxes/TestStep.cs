namespace HelpdeskMail.Core.Mailboxes;

/// <summary>One step of a connection test.</summary>
/// <param name="Name">resolve, connect, tls, greeting, login, folder, rights and, where asked for, probe (inbound); resolve … login, send and, where a mailbox of ours reads the address, roundtrip (outbound).</param>
/// <param name="Text">Plain words: what was found, or what is wrong and what to do.</param>
/// <param name="Server">The server's own words, verbatim; for tls what its certificate says.</param>
/// <param name="CertificateSha256">On a refused certificate: its hash, so that the administrator may pin it.</param>
/// <param name="Warning">It works, and yet somebody should look at it.</param>
/// <param name="HelpUrl">The provider's own page about what went wrong.</param>
public sealed record TestStep(string Name, bool Ok, double Milliseconds, string Text, string? Server, string? CertificateSha256 = null, bool Warning = false, string? HelpUrl = null);
