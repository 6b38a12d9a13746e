using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Reports;

/// <summary>A reading of a delivery report.</summary>
/// <param name="Recipients">At least one.</param>
/// <param name="OriginalMessageId">Of the mail the report is about; null where the report doesn't hold it.</param>
/// <param name="ReportingMta">Name of the reporting server, where given.</param>
/// <param name="IsStandard">True for RFC 3464, false where prose had to be read.</param>
public sealed record DeliveryReport(IReadOnlyList<RecipientStatus> Recipients, MessageId? OriginalMessageId, string? ReportingMta, bool IsStandard);
