using System.Text.Json;
using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Reports;

/// <summary>Amazon SES bounce and delivery notifications, which arrive as JSON in a mail of the notification service.</summary>
internal static class SesNotification
{
    internal static DeliveryReport? Read(string text)
    {
        var start = text.IndexOf("{\"notificationType\"", StringComparison.Ordinal);
        if (start < 0) return null;
        var stop = text.IndexOf("\n--", start, StringComparison.Ordinal);
        var end = text.LastIndexOf('}', (stop < 0 ? text.Length : stop) - 1);
        if (end <= start) return null;
        try
        {
            using var json = JsonDocument.Parse(text[start..(end + 1)].Replace("\n", "", StringComparison.Ordinal));
            return FromJson(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static DeliveryReport? FromJson(JsonElement root)
    {
        var recipients = new List<RecipientStatus>();
        if (root.TryGetProperty("bounce", out var bounce))
        {
            var permanent = Text(bounce, "bounceType") is not "Transient";
            foreach (var r in bounce.GetProperty("bouncedRecipients").EnumerateArray())
                if (Text(r, "emailAddress") is { } address)
                    recipients.Add(new RecipientStatus(address, null, Text(r, "action") ?? (permanent ? "failed" : "delayed"), Text(r, "status") ?? (permanent ? "5.0.0" : "4.0.0"), Text(r, "diagnosticCode"), Text(bounce, "remoteMtaIp")));
        }
        else if (root.TryGetProperty("delivery", out var delivery))
        {
            foreach (var r in delivery.GetProperty("recipients").EnumerateArray())
                if (r.GetString() is { } address)
                    recipients.Add(new RecipientStatus(address, null, "delivered", StatusCode.Find(Text(delivery, "smtpResponse")) ?? "2.0.0", Text(delivery, "smtpResponse"), Text(delivery, "reportingMTA")));
        }
        if (recipients.Count == 0) return null;
        MessageId? id = root.TryGetProperty("mail", out var mail) && mail.TryGetProperty("commonHeaders", out var headers) && MessageId.TryParse(Text(headers, "messageId"), out var found) ? found : null;
        return new DeliveryReport(recipients, id, null, false);
    }

    private static string? Text(JsonElement e, string name) => e.TryGetProperty(name, out var v) && v.ValueKind == JsonValueKind.String ? v.GetString() : null;
}
