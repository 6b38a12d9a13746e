namespace HelpdeskMail.Mail.Mime;

/// <summary>Which part is the message's text: the best alternative (RFC 2046 §5.1.4), the root of a related (RFC 2387), the first of others.</summary>
internal static class BodyFinder
{
    internal static MimePart? Find(MimePart part, string type)
    {
        if (part.Children.Count == 0) return part.ContentType == type && !part.IsAttachment ? part : null;
        if (part.ContentType == "multipart/alternative")
        {
            for (var i = part.Children.Count - 1; i >= 0; i--)
                if (Find(part.Children[i], type) is { } best) return best;
            return null;
        }
        if (part.ContentType == "multipart/related") return Find(RootOf(part), type);
        foreach (var child in part.Children)
            if (Find(child, type) is { } found) return found;
        return null;
    }

    private static MimePart RootOf(MimePart related)
    {
        if (related.Type["start"] is { } start && MessageId.TryParse(start, out var id))
            foreach (var child in related.Children)
                if (child.ContentId == id.Value) return child;
        return related.Children[0];
    }
}
