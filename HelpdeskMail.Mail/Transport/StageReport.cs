namespace HelpdeskMail.Mail.Transport;

/// <summary>A stage of connecting that went well.</summary>
/// <param name="Detail">Resolve: the addresses. Connect: the one that answered. Tls: the protocol. Greeting: the server's words.</param>
/// <param name="Failed">Connect: addresses that were tried and did not answer, each with why.</param>
/// <param name="Tls">Tls: what was agreed on.</param>
public sealed record StageReport(ConnectStage Stage, TimeSpan Took, string Detail, IReadOnlyList<string> Failed, TlsSession? Tls = null);
