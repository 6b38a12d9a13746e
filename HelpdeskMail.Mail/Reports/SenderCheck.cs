namespace HelpdeskMail.Mail.Reports;

/// <summary>What a trusted server says of a mail's author.</summary>
/// <param name="Host">The server's authserv-id.</param>
/// <param name="Domain">The author's domain that passed or failed; null: nothing spoke of it.</param>
/// <param name="Detail">The results it rests on, as "dmarc=pass, dkim=pass (example.org)".</param>
public sealed record SenderCheck(SenderVerdict Verdict, string Host, string? Domain, string Detail);
