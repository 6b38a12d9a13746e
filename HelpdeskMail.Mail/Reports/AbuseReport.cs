using System.Net;
using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Reports;

/// <summary>A complaint about a mail of ours (RFC 5965 §3). Fields a reporter left out are null or empty.</summary>
/// <param name="FeedbackType">abuse, fraud, virus, other, not-spam, auth-failure (RFC 6591) … in lower case.</param>
/// <param name="UserAgent">The reporting program.</param>
/// <param name="OriginalMailFrom">Envelope sender of the mail complained about, without brackets.</param>
/// <param name="OriginalRecipients">Its envelope recipients; reporters may redact them.</param>
/// <param name="ArrivalDate">When it came in there.</param>
/// <param name="SourceIp">The host it came from.</param>
/// <param name="ReportedDomains">Domains the reporter holds responsible.</param>
/// <param name="ReportedUris">Links it objects to, as written: never to be followed.</param>
/// <param name="Incidents">How many complaints this report stands for; at least 1.</param>
/// <param name="AuthenticationFailure">dmarc, dkim, spf … of an auth-failure report (RFC 6591 §3.1).</param>
/// <param name="OriginalMessageId">Of the mail complained about.</param>
public sealed record AbuseReport(
    string FeedbackType,
    string? UserAgent,
    string? OriginalMailFrom,
    IReadOnlyList<string> OriginalRecipients,
    DateTimeOffset? ArrivalDate,
    IPAddress? SourceIp,
    IReadOnlyList<string> ReportedDomains,
    IReadOnlyList<string> ReportedUris,
    int Incidents,
    string? AuthenticationFailure,
    MessageId? OriginalMessageId);
