using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Core.Tickets;

/// <summary>Parts of a mail that came inside another as a file: "2!1.3" is part 1.3 of the message that is part 2.</summary>
internal static class EmbeddedParts
{
    private const char Inside = '!';

    public static string PathOf(string outer, string inner) => $"{outer}{Inside}{inner}";

    /// <summary>A path as the embedded message itself counts; null where it is not inside of it.</summary>
    public static string? InnerOf(string outer, string path) => path.StartsWith(outer + Inside, StringComparison.Ordinal) ? path[(outer.Length + 1)..] : null;

    public static MimePart? Find(MimeMessage message, string path)
    {
        var cut = path.IndexOf(Inside, StringComparison.Ordinal);
        return cut < 0 ? message.FindPart(path) : message.FindPart(path[..cut])?.EmbeddedMessage is { } embedded ? Find(embedded, path[(cut + 1)..]) : null;
    }
}
