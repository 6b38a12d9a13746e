using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Reports;

/// <summary>Reads receipts: the message/disposition-notification part of RFC 8098 §3.1, wherever it stands in the mail.</summary>
public static class DispositionNotifications
{
    /// <summary>Null when the message is no receipt.</summary>
    public static DispositionNotification? Read(MimeMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        foreach (var part in message.Parts)
        {
            if (part.ContentType is not ("message/disposition-notification" or "message/global-disposition-notification")) continue;
            foreach (var fields in StandardReport.Blocks(part.Decode()))
                if (fields.Contains("Disposition") || fields.Contains("Final-Recipient")) return From(fields, message);
        }
        return null;
    }

    private static DispositionNotification From(HeaderList fields, MimeMessage message)
    {
        // manual-action/MDN-sent-manually; displayed/error,warning
        var disposition = (fields["Disposition"] ?? "").ToLowerInvariant();
        var semicolon = disposition.IndexOf(';', StringComparison.Ordinal);
        var modes = semicolon < 0 ? "" : disposition[..semicolon];
        var type = disposition[(semicolon + 1)..];
        var slash = type.IndexOf('/', StringComparison.Ordinal);
        var modifiers = slash < 0 ? [] : type[(slash + 1)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        MessageId? original = MessageId.TryParse(fields["Original-Message-ID"], out var id) ? id
            : MessageId.TryParse(OriginalMessage.HeadersOf(message)?["Message-ID"], out id) ? id
            : message.InReplyTo is [var parent, ..] ? parent : null;
        return new DispositionNotification(
            Address(fields["Final-Recipient"]) ?? "",
            Address(fields["Original-Recipient"]),
            original,
            (slash < 0 ? type : type[..slash]).Trim(),
            modifiers,
            modes.Contains("automatic-action", StringComparison.Ordinal),
            modes.Contains("sent-automatically", StringComparison.Ordinal),
            fields["Reporting-UA"],
            [.. fields.All("Error")]);
    }

    private static string? Address(string? typed) => StandardReport.TypedValue(typed)?.Trim('<', '>') is { Length: > 0 } address ? address : null;
}
