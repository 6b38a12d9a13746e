namespace HelpdeskMail.Core.Tickets.Contents;

/// <summary>A complaint about a mail of ours, or a report that its sender could not be proved (RFC 5965, RFC 6591).</summary>
/// <param name="Kind">abuse, fraud, virus, not-spam, auth-failure, other … in lower case.</param>
/// <param name="About">Envelope sender of the mail complained about.</param>
/// <param name="Recipients">Who had got it; reporters may leave them out.</param>
/// <param name="ArrivedAt">UTC; when it came in there.</param>
/// <param name="Host">Address of the server it came from.</param>
/// <param name="Reporter">The reporting program.</param>
/// <param name="Failure">dmarc, dkim, spf …, of an auth-failure report.</param>
/// <param name="Incidents">Complaints that this one stands for.</param>
/// <param name="OriginalMessageId">Of the mail it is about, without brackets.</param>
public sealed record ComplaintView(
    string Kind, string? About, IReadOnlyList<string> Recipients, DateTime? ArrivedAt, string? Host, string? Reporter, string? Failure, int Incidents, string? OriginalMessageId);
