using HelpdeskMail.Core.Deliveries;
using HelpdeskMail.Mail.Addresses;
using HelpdeskMail.Mail.Mime;
using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>Reads what delivery reports (RFC 3464 and older forms), read receipts (RFC 8098) and complaints (RFC 5965) say of a mail of ours.</summary>
internal static class ReportReader
{
    private const int MaxRecipients = 1000;
    private const int MaxLine = 2000;

    public static IReadOnlyList<ReadReport> Read(MimeMessage message)
    {
        if (DeliveryReports.Read(message) is { } report) return [.. report.Recipients.Take(MaxRecipients).Select(recipient => Of(recipient, report.ReportingMta))];
        if (DispositionNotifications.Read(message) is { } receipt) return [Of(receipt, message)];
        return AbuseReports.Read(message) is { } complaint ? Of(complaint) : [];
    }

    public static ReadOriginal Original(MimeMessage message)
    {
        var mail = ReportedMails.Read(message);
        return new ReadOriginal(MailReader.Ids(mail.Ids), MailReader.Ids(mail.Thread), mail.Subject is { } subject ? MailText.Line(subject, 998) : null, MailReader.Utc(mail.Date));
    }

    private static ReadReport Of(RecipientStatus status, string? reporter) => Make(
        KindOf(status.Action), status.OriginalRecipient ?? status.FinalRecipient, status.FinalRecipient, status.Status, status.Diagnostic, status.RemoteMta ?? reporter);

    private static ReadReport Of(DispositionNotification receipt, MimeMessage message) => Make(
        receipt.Type switch { "displayed" => NewsKind.Read, "deleted" => NewsKind.Deleted, _ => NewsKind.Processed },
        receipt.OriginalRecipient ?? (receipt.FinalRecipient.Length > 0 ? receipt.FinalRecipient : message.From is [var from, ..] ? from.Address : ""), receipt.FinalRecipient, null,
        receipt.Errors.Count > 0 ? string.Join(' ', receipt.Errors) : null, receipt.ReportingUserAgent);

    private static IReadOnlyList<ReadReport> Of(AbuseReport complaint) =>
        [.. complaint.OriginalRecipients.DefaultIfEmpty("").Take(MaxRecipients).Select(recipient => Make(NewsKind.Complaint, recipient, recipient, null, complaint.AuthenticationFailure ?? complaint.FeedbackType, complaint.UserAgent))];

    private static NewsKind KindOf(string action) => action switch
    {
        "failed" => NewsKind.Failed,
        "delayed" => NewsKind.Delayed,
        "delivered" => NewsKind.Delivered,
        "relayed" => NewsKind.Relayed,
        "expanded" => NewsKind.Expanded,
        _ => NewsKind.Failed, // a word of no standard: better looked at than passed over
    };

    private static ReadReport Make(NewsKind kind, string recipient, string final, string? status, string? line, string? mta)
    {
        var (one, other) = (Address(recipient), Address(final));
        return new ReadReport(kind, one, other == one || other.Length == 0 ? null : other, Text(status, 32), Text(line, MaxLine), Text(mta, 320));
    }

    private static string Address(string address) => MailText.Line(MailAddress.TryParse(address, out var parsed) ? parsed.NormalizedAddress : address.ToLowerInvariant(), MailReader.MaxAddress);

    private static string? Text(string? text, int max) => MailText.Line(text, max) is { Length: > 0 } line ? line : null;
}
