namespace HelpdeskMail.Mail.Mime;

/// <summary>The files of a mail: every leaf that is neither a body nor another form of one. A second text beside the body counts, so that nothing is lost.</summary>
internal static class AttachmentFinder
{
    internal static IReadOnlyList<MimePart> Find(MimeMessage message)
    {
        var bodies = new HashSet<MimePart>(ReferenceEqualityComparer.Instance);
        Bodies(message.Root, false, bodies);
        if (message.Body("text/plain") is { } text) bodies.Add(text);
        if (message.Body("text/html") is { } html) bodies.Add(html);
        var hasBody = bodies.Count > 0;
        var found = new List<MimePart>();
        var parts = message.Parts;
        foreach (var part in parts)
        {
            if (ContainedFiles.IsTnef(part) && HasContained(parts, part)) continue; // its files stand for it
            if (hasBody && part is { IsContained: true, Disposition: null }) continue; // and its bodies are another form of the text
            if (!bodies.Contains(part)) found.Add(part);
            else if (part.ContentType == "text/plain") found.AddRange(ContainedFiles.OfText(message, part));
        }
        return found;
    }

    // Texts without a name inside an alternative are forms of one body (RFC 2046 §5.1.4).
    private static void Bodies(MimePart part, bool alternative, HashSet<MimePart> bodies)
    {
        alternative |= part.ContentType == "multipart/alternative";
        foreach (var child in part.Children) Bodies(child, alternative, bodies);
        if (alternative && part is { Children.Count: 0, IsAttachment: false, FileName: null } && part.ContentType.StartsWith("text/", StringComparison.Ordinal) && part.ContentType != "text/calendar") bodies.Add(part);
    }

    private static bool HasContained(IReadOnlyList<MimePart> parts, MimePart tnef)
    {
        foreach (var part in parts)
            if (part.IsContained && part.Path.StartsWith(tnef.Path + "/", StringComparison.Ordinal)) return true;
        return false;
    }
}
