using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Reports;

/// <summary>Reads delivery reports: RFC 3464 first, then the forms servers had before and beside it.</summary>
public static class DeliveryReports
{
    /// <summary>Null when the message is no delivery report.</summary>
    public static DeliveryReport? Read(MimeMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return StandardReport.Read(message) ?? ProseReport.Read(message);
    }

    /// <summary>True for a delivery report, whether or not a recipient can be read from it.</summary>
    public static bool IsReport(MimeMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return (message.Root.ContentType == "multipart/report" && "delivery-status".Equals(message.Root.Type["report-type"], StringComparison.OrdinalIgnoreCase)) || ProseReport.IsReport(message);
    }
}
