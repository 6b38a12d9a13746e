using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Reports;

/// <summary>What a report, receipt or complaint says of the mail it is about, from wherever it says it.</summary>
/// <param name="Ids">That should be the mail's own, most certain first: its returned Message-ID, the envelope id (RFC 3461 §4.4), Original-Message-ID, In-Reply-To.</param>
/// <param name="Thread">All other ids that stand anywhere in the report: of its thread, or the mail's own in a form that nobody knows.</param>
/// <param name="Subject">Of the returned mail, or of a receipt without the receipt's own words; null where it isn't there.</param>
/// <param name="Date">The returned mail's.</param>
public sealed record ReportedMail(IReadOnlyList<MessageId> Ids, IReadOnlyList<MessageId> Thread, string? Subject, DateTimeOffset? Date);
