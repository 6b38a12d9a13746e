using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Reports;

/// <summary>The returned mail inside a report, whole or only its header.</summary>
internal static class OriginalMessage
{
    internal static MessageId? IdOf(MimeMessage message)
    {
        foreach (var part in message.Parts)
        {
            var headers = part.ContentType switch
            {
                "message/rfc822" or "message/global" => part.EmbeddedMessage?.Headers,
                "text/rfc822-headers" or "message/global-headers" or "text/rfc822" => HeaderScan.Read(part.Decode()),
                _ => null,
            };
            if (headers is not null && MessageId.TryParse(headers["Message-ID"], out var id)) return id;
        }
        return null;
    }
}
