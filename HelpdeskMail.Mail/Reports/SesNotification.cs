using System.Globalization;
using System.Text.Json;
using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Reports;

/// <summary>Amazon SES notifications of bounces, deliveries and complaints, which arrive as JSON in a mail of the notification service.</summary>
internal static class SesNotification
{
    internal static DeliveryReport? Read(string text) => FromText(text, FromJson);

    internal static AbuseReport? ReadComplaint(string text) => FromText(text, Complaint);

    private static T? FromText<T>(string text, Func<JsonElement, T?> read)
        where T : class
    {
        var start = text.IndexOf("{\"notificationType\"", StringComparison.Ordinal);
        if (start < 0 && text.Contains("\\\"notificationType\\\"", StringComparison.Ordinal)) start = text.IndexOf('{', StringComparison.Ordinal);
        if (start < 0) return null;
        var stop = text.IndexOf("\n--", start, StringComparison.Ordinal);
        var end = text.LastIndexOf('}', (stop < 0 ? text.Length : stop) - 1);
        if (end <= start) return null;
        try
        {
            // Relays break the one long line: "!" and a blank (sendmail), or anywhere.
            var line = text[start..(end + 1)].Replace("!\n ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
            using var json = JsonDocument.Parse(line);
            if (Text(json.RootElement, "Message") is not { } wrapped) return read(json.RootElement);
            using var inner = JsonDocument.Parse(wrapped); // the whole of the topic's message, not just its text
            return read(inner.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static AbuseReport? Complaint(JsonElement root)
    {
        if (!root.TryGetProperty("complaint", out var complaint)) return null;
        var recipients = new List<string>();
        foreach (var r in complaint.GetProperty("complainedRecipients").EnumerateArray())
            if (Text(r, "emailAddress") is { } address) recipients.Add(address);
        root.TryGetProperty("mail", out var mail);
        var arrival = mail.ValueKind == JsonValueKind.Object && DateTimeOffset.TryParse(Text(mail, "timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : (DateTimeOffset?)null;
        return new AbuseReport(
            Text(complaint, "complaintFeedbackType")?.ToLowerInvariant() ?? "abuse",
            Text(complaint, "userAgent"),
            mail.ValueKind == JsonValueKind.Object ? Text(mail, "source") : null,
            recipients,
            arrival,
            null,
            [],
            [],
            1,
            null,
            IdOf(root));
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
        return new DeliveryReport(recipients, IdOf(root), null, false);
    }

    private static MessageId? IdOf(JsonElement root) =>
        root.TryGetProperty("mail", out var mail) && mail.TryGetProperty("commonHeaders", out var headers) && MessageId.TryParse(Text(headers, "messageId"), out var found) ? found : null;

    private static string? Text(JsonElement e, string name) => e.TryGetProperty(name, out var v) && v.ValueKind == JsonValueKind.String ? v.GetString() : null;
}
