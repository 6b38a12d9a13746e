using System.Buffers.Binary;
using System.Text;

namespace HelpdeskMail.Mail.Mime;

/// <summary>TNEF (winmail.dat), as MS-OXTNEF describes it: the bodies and files of a mail that Outlook sent in its own format.
/// A damaged stream gives what stands before the damage.</summary>
internal sealed class TnefReader(ReadOnlyMemory<byte> content, int depth, int maxFiles)
{
    private const uint Signature = 0x223E9F78;
    private const uint MessageProperties = 0x00069003;
    private const uint AttachmentBegins = 0x00069002;
    private const uint AttachmentTitle = 0x00018010;
    private const uint AttachmentData = 0x0006800F;
    private const uint AttachmentProperties = 0x00069005;
    private const uint Body = 0x0002800C;
    private const uint OemCodePage = 0x00069007;
    private const uint MessageClass = 0x00078008;
    private const uint Subject = 0x00018004;
    private const uint DateStart = 0x00030006;
    private const uint DateEnd = 0x00030007;
    private const uint Recipients = 0x00069004;
    private const int MaxRecipients = 1000;

    private readonly List<ContainedFile> _files = [];
    private readonly TnefMeeting _meeting = new();
    private Encoding _oem = Charsets.Western;
    private Attachment? _attachment;

    /// <summary>True when the stream was whole.</summary>
    internal bool Complete { get; private set; } = true;

    /// <summary>What the stream says of a meeting, or that of the message attached in it; null where there is none.</summary>
    internal TnefMeeting? Meeting { get; private set; }

    internal static bool IsTnef(ReadOnlySpan<byte> s) => s.Length > 6 && BinaryPrimitives.ReadUInt32LittleEndian(s) == Signature;

    internal List<ContainedFile> Read()
    {
        var s = content.Span;
        if (!IsTnef(s))
        {
            Complete = false;
            return _files;
        }
        var at = 6;
        while (at + 9 <= s.Length && s[at] is 1 or 2)
        {
            var id = BinaryPrimitives.ReadUInt32LittleEndian(s[(at + 1)..]);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(s[(at + 5)..]);
            at += 9;
            if (length > s.Length - at)
            {
                Complete = false;
                break;
            }
            Take(id, content.Slice(at, (int)length));
            at += (int)length + 2; // and a checksum
            if (at + 9 <= s.Length && s[at] is not (1 or 2)) Complete = false;
        }
        EndAttachment();
        if (_meeting.IsMeeting) Meeting = _meeting;
        return _files;
    }

    private void Take(uint id, ReadOnlyMemory<byte> value)
    {
        switch (id)
        {
            case OemCodePage when value.Length >= 4:
                _oem = Charsets.CodePage(BinaryPrimitives.ReadInt32LittleEndian(value.Span)) ?? _oem;
                break;
            case MessageClass:
                _meeting.MessageClass = Encoding.ASCII.GetString(value.TrimEnd((byte)0).Span);
                break;
            case Subject:
                _meeting.Subject = Charsets.Decode(value.TrimEnd((byte)0).Span, _oem.WebName);
                break;
            case DateStart:
                _meeting.Start = TnefMeeting.LocalTime(value.Span);
                break;
            case DateEnd:
                _meeting.End = TnefMeeting.LocalTime(value.Span);
                break;
            case Recipients:
                _meeting.Recipients = MapiProperties.Rows(value, _oem, MaxRecipients);
                break;
            case Body:
                AddBody("text/plain", value.TrimEnd((byte)0), null);
                break;
            case MessageProperties:
                _meeting.Properties = new MapiProperties(value, _oem);
                TakeBodies(_meeting.Properties);
                break;
            case AttachmentBegins:
                EndAttachment();
                _attachment = new Attachment();
                break;
            case AttachmentTitle when _attachment is not null:
                _attachment.Title = Charsets.Decode(value.TrimEnd((byte)0).Span, _oem.WebName);
                break;
            case AttachmentData when _attachment is not null:
                _attachment.Data = value;
                break;
            case AttachmentProperties when _attachment is not null:
                _attachment.Properties = new MapiProperties(value, _oem);
                break;
            default:
                break;
        }
    }

    private void TakeBodies(MapiProperties properties)
    {
        if (!properties.Complete) Complete = false;
        var charset = properties.Number(MapiProperties.InternetCodePage) is { } page && Charsets.CodePage(page) is { } encoding ? encoding.WebName : null;
        if (properties.Binary(MapiProperties.BodyHtml) is { Length: > 0 } html) AddBody("text/html", html, charset);
        if (properties.Text(MapiProperties.BodyHtml) is { Length: > 0 } htmlText) AddBody("text/html", Encoding.UTF8.GetBytes(htmlText), "utf-8");
        if (properties.Binary(MapiProperties.RtfCompressed) is { Length: > 0 } rtf && CompressedRtf.Decompress(rtf.Span) is { Length: > 0 } plain)
        {
            if (RtfHtml.Read(plain) is { Length: > 0 } wrapped) AddBody("text/html", Encoding.UTF8.GetBytes(wrapped), "utf-8");
            AddBody("text/rtf", plain, null);
        }
        if (properties.Text(MapiProperties.BodyText) is { Length: > 0 } text) AddBody("text/plain", Encoding.UTF8.GetBytes(text), "utf-8");
    }

    private void AddBody(string type, ReadOnlyMemory<byte> body, string? charset)
    {
        if (!body.IsEmpty) Add(new ContainedFile(null, type, body, null, charset, true));
    }

    private void EndAttachment()
    {
        if (_attachment is not { } a) return;
        _attachment = null;
        var p = a.Properties;
        var data = p?.Binary(MapiProperties.AttachData) is { Length: > 0 } own ? own : a.Data;
        if (p is { Complete: false }) Complete = false;
        // An embedded message stands behind the 16 octets of its interface's name.
        if (p?.Number(MapiProperties.AttachMethod) == 5 && data.Length > 22 && IsTnef(data.Span[16..]))
        {
            if (depth <= 0) return;
            var inner = new TnefReader(data[16..], depth - 1, maxFiles);
            foreach (var file in inner.Read()) Add(file);
            Meeting ??= inner.Meeting;
            return;
        }
        if (data.IsEmpty) return;
        var name = p?.Text(MapiProperties.AttachLongName) ?? p?.Text(MapiProperties.AttachName) ?? a.Title ?? p?.Text(MapiProperties.DisplayName);
        var type = p?.Text(MapiProperties.AttachMimeTag)?.ToLowerInvariant();
        Add(new ContainedFile(name, type is not null && MimePart.IsMediaType(type) ? type : MediaTypes.FromName(name), data, p?.Text(MapiProperties.AttachContentId)?.Trim('<', '>'), null, false));
    }

    private void Add(ContainedFile file)
    {
        if (_files.Count < maxFiles) _files.Add(file);
    }

    private sealed class Attachment
    {
        internal string? Title { get; set; }

        internal ReadOnlyMemory<byte> Data { get; set; }

        internal MapiProperties? Properties { get; set; }
    }
}
