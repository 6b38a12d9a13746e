using HelpdeskMail.Mail.Addresses;
using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Reports;

/// <summary>Delivery reports that are no RFC 3464: X-Failed-Recipients (Exim, Gmail), and the prose of qmail, sendmail, Exchange, Domino and the like.</summary>
internal static class ProseReport
{
    private const int MaxText = 64 * 1024;

    internal static DeliveryReport? Read(MimeMessage message)
    {
        if (IsOtherReport(message)) return null;
        var fromSns = IsFromSns(message);
        if (!fromSns && !BounceEvidence.MayBeReport(message)) return null;
        var text = TextOf(message);
        if (fromSns) return SesNotification.Read(text);
        if (!BounceEvidence.IsReport(message, text)) return null;
        var reader = new BounceText(message, text);
        var named = AddressParser.ParseList(string.Join(',', message.Headers.All("X-Failed-Recipients")));
        if (text.Contains("\nFinal-Recipient:", StringComparison.OrdinalIgnoreCase) && StandardReport.FromText(text, message) is { } inText) return inText;
        var recipients = named.Count > 0 ? named.Select(a => reader.About(a.Address)).ToList() : reader.Recipients(onlyOnTheirOwn: !BounceEvidence.HasSender(message));
        if (recipients.Count == 0 && BounceEvidence.HasSender(message) && (OriginalMessage.HeadersOf(message) ?? OriginalMessage.HeadersInText(text)) is { } original && !original.Contains("List-Id") && AddressParser.ParseList(original["To"]) is [var only])
            recipients.Add(reader.About(only.Address));
        return recipients.Count == 0 ? null : new DeliveryReport(recipients, OriginalMessage.IdOf(message) ?? OriginalMessage.IdInText(text), null, false);
    }

    /// <summary>True for a report, whether or not its recipient can be read.</summary>
    internal static bool IsReport(MimeMessage message) =>
        !IsOtherReport(message) && BounceEvidence.HasSender(message) && BounceEvidence.MayBeReport(message) && BounceEvidence.IsReport(message, TextOf(message));

    // Complaints (RFC 5965) and read receipts (RFC 8098) are reports, too, but not on delivery.
    private static bool IsOtherReport(MimeMessage message) =>
        message.Root.Type["report-type"]?.ToLowerInvariant() is "feedback-report" or "disposition-notification"
        || message.Parts.Any(p => p.ContentType is "message/feedback-report" or "message/disposition-notification");

    internal static bool IsFromSns(MimeMessage message) => message.From is [{ Domain: "sns.amazonaws.com" }, ..];

    internal static string TextOf(MimeMessage message)
    {
        var all = new System.Text.StringBuilder();
        foreach (var part in message.Parts)
        {
            if (part.ContentType.StartsWith("message/", StringComparison.Ordinal) || part.ContentType == "text/rfc822-headers") break;
            if (part.ContentType == "text/plain" && !part.IsAttachment) all.Append(part.DecodeText()).Append('\n');
            else if (part.ContentType == "text/html" && !part.IsAttachment && all.Length == 0) all.Append(HtmlText.From(part.DecodeText())).Append('\n');
            if (all.Length > MaxText) break;
        }
        return all.Length > MaxText ? all.ToString(0, MaxText) : all.ToString();
    }
}
