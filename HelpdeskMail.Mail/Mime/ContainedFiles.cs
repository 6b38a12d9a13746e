using System.Globalization;
using HelpdeskMail.Mail.Calendar;

namespace HelpdeskMail.Mail.Mime;

/// <summary>Files that stand inside a part's content: in winmail.dat, or as uuencoded blocks in plain text.</summary>
internal static class ContainedFiles
{
    private const int MaxFiles = 200;
    private const int MaxTnefDepth = 4;

    internal static bool IsTnef(MimePart part) =>
        part.ContentType is "application/ms-tnef" or "application/vnd.ms-tnef"
        || (part.ContentType == "application/octet-stream" && "winmail.dat".Equals(part.FileName, StringComparison.OrdinalIgnoreCase));

    internal static List<MimePart> OfTnef(MimeMessage message, MimePart part)
    {
        var reader = new TnefReader(part.Decode(), MaxTnefDepth, MaxFiles);
        var found = new List<MimePart>();
        foreach (var file in reader.Read())
            found.Add(new MimePart(message, PathIn(part, found.Count), part.Depth + 1, file));
        // Behind the files, whose paths are kept elsewhere.
        if (reader.Meeting is { } meeting && MeetingReader.ToFile(meeting, message) is { } calendar)
            found.Add(new MimePart(message, PathIn(part, found.Count), part.Depth + 1, calendar));
        if (!reader.Complete) message.Warn(MimeWarningKind.BrokenTnef, "winmail.dat is damaged; what could be read was taken");
        return found;
    }

    internal static List<MimePart> OfText(MimeMessage message, MimePart part)
    {
        var found = new List<MimePart>();
        ReadOnlyMemory<byte> content = part.Encoding == TransferEncoding.Identity ? part.RawBody : default(ReadOnlyMemory<byte>);
        var at = 0;
        while (found.Count < MaxFiles && Uuencode.TryFind(content.Span, at, out var start, out var end, out var name))
        {
            var buffer = new byte[end - start + 4];
            var n = Uuencode.Decode(content.Span[start..end], buffer);
            found.Add(new MimePart(message, PathIn(part, found.Count), part.Depth + 1, new ContainedFile(name, MediaTypes.FromName(name), buffer.AsMemory(0, n), null, null, false)));
            at = end;
        }
        return found;
    }

    private static string PathIn(MimePart part, int index) => part.Path + "/" + (index + 1).ToString(CultureInfo.InvariantCulture);
}
