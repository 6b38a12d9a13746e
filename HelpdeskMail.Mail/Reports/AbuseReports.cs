using System.Globalization;
using System.Net;
using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Reports;

/// <summary>Reads complaints: the message/feedback-report part of RFC 5965 §2, also of reports that forgot to call the whole multipart/report; and Amazon SES's notifications.</summary>
public static class AbuseReports
{
    private const int MaxValues = 1000;

    /// <summary>Null when the message is no complaint.</summary>
    public static AbuseReport? Read(MimeMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        foreach (var part in message.Parts)
        {
            if (part.ContentType != "message/feedback-report") continue;
            foreach (var fields in StandardReport.Blocks(part.Decode()))
                if (fields["Feedback-Type"] is { Length: > 0 } type) return From(type, fields, message);
        }
        return ProseReport.IsFromSns(message) ? SesNotification.ReadComplaint(ProseReport.TextOf(message)) : null;
    }

    private static AbuseReport From(string type, HeaderList fields, MimeMessage message)
    {
        MessageId? original = MessageId.TryParse(OriginalMessage.HeadersOf(message)?["Message-ID"], out var id) ? id
            : MessageId.TryParse(fields["Message-ID"], out id) ? id : null;
        return new AbuseReport(
            type.Trim().ToLowerInvariant(),
            fields["User-Agent"],
            Address(fields["Original-Mail-From"] ?? ""),
            [.. fields.All("Original-Rcpt-To").Take(MaxValues).Select(Address).OfType<string>()],
            DateParser.Parse(fields["Arrival-Date"] ?? fields["Received-Date"]), // Received-Date in the drafts before the RFC
            IPAddress.TryParse(fields["Source-IP"]?.Trim(' ', '[', ']'), out var ip) ? ip : null,
            [.. fields.All("Reported-Domain").Take(MaxValues)],
            [.. fields.All("Reported-URI").Take(MaxValues)],
            int.TryParse(fields["Incidents"], NumberStyles.None, CultureInfo.InvariantCulture, out var incidents) && incidents > 0 ? incidents : 1,
            fields["Auth-Failure"]?.Trim().ToLowerInvariant(),
            original);
    }

    private static string? Address(string value) => value.Trim().Trim('<', '>') is { Length: > 0 } address ? address : null;
}
