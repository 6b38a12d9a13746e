using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.Core.Tickets;

/// <summary>What the server that a mailbox trusts says of a mail's author (G9, RFC 8601), as it was when the mail came.</summary>
/// <param name="Host">The authserv-id of the server that says so.</param>
/// <param name="Domain">The author's domain, where something passed or failed for it; null: nothing spoke of it.</param>
/// <param name="Detail">The results it rests on, such as "dmarc=pass, dkim=pass (example.org)".</param>
public sealed record SenderTrust(SenderVerdict Verdict, string Host, string? Domain, string Detail);
