using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Reports;

/// <summary>The returned mail inside a report: a part, only its header, or lines of the report's own text.</summary>
internal static class OriginalMessage
{
    private const int MaxLines = 400;
    private const int MaxHeader = 16 * 1024;

    internal static MessageId? IdOf(MimeMessage message)
    {
        if (HeadersOf(message) is { } headers && MessageId.TryParse(headers["Message-ID"], out var id)) return id;
        // DSNs made by servers that return nothing still name it (Exchange, some gateways).
        foreach (var name in new[] { "X-Original-Message-ID", "Original-Message-ID" })
            if (MessageId.TryParse(message.Headers[name], out var named)) return named;
        return message.InReplyTo is [var parent, ..] ? parent : IdInText(message.Text);
    }

    internal static HeaderList? HeadersOf(MimeMessage message)
    {
        foreach (var part in message.Parts)
        {
            var headers = part.ContentType switch
            {
                "message/rfc822" or "message/global" => part.EmbeddedMessage?.Headers,
                "text/rfc822-headers" or "message/global-headers" or "text/rfc822" => HeaderScan.Read(part.Decode()),
                _ => null,
            };
            if (headers is { Count: > 0 }) return headers;
        }
        return null;
    }

    /// <summary>The returned mail's header inside the report's own text, after "Unsent message follows" and its like.</summary>
    internal static HeaderList? HeadersInText(string text)
    {
        var at = 0;
        for (var lines = 0; at < text.Length && lines < MaxLines; lines++)
        {
            var end = text.IndexOf('\n', at);
            if (end < 0) return null;
            var follows = BouncePhrases.StartsOriginal(text.AsSpan(at, end - at));
            at = end + 1;
            if (!follows) continue;
            var rest = text.AsSpan(at).TrimStart('\n');
            var headers = HeaderScan.Read(System.Text.Encoding.UTF8.GetBytes(rest[..Math.Min(rest.Length, MaxHeader)].ToString()));
            return headers.Contains("From") && headers.Contains("To") ? headers : null;
        }
        return null;
    }

    /// <summary>"Message-ID: &lt;…&gt;" on a line of the report's text, quoted or not.</summary>
    internal static MessageId? IdInText(string? text)
    {
        var at = text?.IndexOf("Message-ID:", StringComparison.OrdinalIgnoreCase) ?? -1;
        while (at >= 0)
        {
            var end = text!.IndexOf('\n', at + 11);
            var value = text.AsSpan(at + 11, (end < 0 ? text.Length : end) - at - 11).Trim();
            if (value.IsEmpty && end >= 0)
            {
                var next = text.IndexOf('\n', end + 1); // folded
                value = text.AsSpan(end, (next < 0 ? text.Length : next) - end).Trim();
            }
            if (value.StartsWith("<") && value.Length < 500 && MessageId.TryParse(value.ToString(), out var id)) return id;
            at = text.IndexOf("Message-ID:", at + 11, StringComparison.OrdinalIgnoreCase);
        }
        return null;
    }
}
