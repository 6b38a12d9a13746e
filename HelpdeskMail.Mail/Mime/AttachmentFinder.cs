namespace HelpdeskMail.Mail.Mime;

/// <summary>The files of a mail: every leaf that isn't one of its body texts.</summary>
internal static class AttachmentFinder
{
    internal static IReadOnlyList<MimePart> Find(MimeMessage message)
    {
        var found = new List<MimePart>();
        foreach (var part in message.Parts)
            if (!IsBody(part)) found.Add(part);
        return found;
    }

    private static bool IsBody(MimePart part) =>
        !part.IsAttachment && part.FileName is null && part.ContentType is ("text/plain" or "text/html" or "text/enriched" or "text/richtext" or "text/watch-html" or "text/x-amp-html");
}
