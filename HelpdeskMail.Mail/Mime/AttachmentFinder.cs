namespace HelpdeskMail.Mail.Mime;

/// <summary>The files of a mail: every leaf that isn't one of its body texts.</summary>
internal static class AttachmentFinder
{
    internal static IReadOnlyList<MimePart> Find(MimeMessage message)
    {
        var found = new List<MimePart>();
        var parts = message.Parts;
        foreach (var part in parts)
        {
            if (ContainedFiles.IsTnef(part) && HasContained(parts, part)) continue; // its files stand for it
            if (!IsBody(part)) found.Add(part);
            else if (part.ContentType == "text/plain") found.AddRange(ContainedFiles.OfText(message, part));
        }
        return found;
    }

    private static bool HasContained(IReadOnlyList<MimePart> parts, MimePart tnef)
    {
        foreach (var part in parts)
            if (part.IsContained && part.Path.StartsWith(tnef.Path + "/", StringComparison.Ordinal)) return true;
        return false;
    }

    private static bool IsBody(MimePart part) =>
        !part.IsAttachment && part.FileName is null && part.ContentType is ("text/plain" or "text/html" or "text/enriched" or "text/richtext" or "text/rtf" or "text/watch-html" or "text/x-amp-html");
}
