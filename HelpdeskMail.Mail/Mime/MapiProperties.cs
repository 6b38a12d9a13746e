using System.Buffers.Binary;
using System.Text;

namespace HelpdeskMail.Mail.Mime;

/// <summary>A list of MAPI properties inside TNEF (MS-OXTNEF §2.1.3.4). Only single values are kept; the rest is stepped over.</summary>
internal sealed class MapiProperties
{
    internal const int BodyText = 0x1000;
    internal const int RtfCompressed = 0x1009;
    internal const int BodyHtml = 0x1013;
    internal const int DisplayName = 0x3001;
    internal const int AttachData = 0x3701;
    internal const int AttachName = 0x3704;
    internal const int AttachMethod = 0x3705;
    internal const int AttachLongName = 0x3707;
    internal const int AttachMimeTag = 0x370E;
    internal const int AttachContentId = 0x3712;
    internal const int InternetCodePage = 0x3FDE;
    internal const int MessageClass = 0x001A;
    internal const int Subject = 0x0037;
    internal const int NormalizedSubject = 0x0E1D;
    internal const int RepresentedName = 0x0042;
    internal const int RepresentedAddress = 0x0065;
    internal const int RepresentedSmtp = 0x5D02;
    internal const int StartDate = 0x0060;
    internal const int EndDate = 0x0061;
    internal const int RecipientType = 0x0C15;
    internal const int RecipientAnswer = 0x5FFF;
    internal const int EmailAddress = 0x3003;
    internal const int SmtpAddress = 0x39FE;

    private const int MaxProperties = 10_000;
    private const int FirstNamed = 0x8000;

    private static readonly long NoTime = new DateTime(4500, 1, 1, 0, 0, 0, DateTimeKind.Utc).ToFileTimeUtc();

    private readonly Dictionary<int, (int Type, ReadOnlyMemory<byte> Value)> _values = [];
    private readonly Dictionary<MapiName, (int Type, ReadOnlyMemory<byte> Value)> _named = [];
    private readonly Encoding _oem;

    internal MapiProperties(ReadOnlyMemory<byte> content, Encoding oem)
    {
        _oem = oem;
        Complete = Read(content);
    }

    internal bool Complete { get; }

    /// <summary>Octets of the list, where it is complete.</summary>
    internal int Length { get; private set; }

    /// <summary>The lists of a recipient table (attRecipTable), one a recipient.</summary>
    internal static List<MapiProperties> Rows(ReadOnlyMemory<byte> table, Encoding oem, int max)
    {
        var rows = new List<MapiProperties>();
        if (table.Length < 4) return rows;
        var count = BinaryPrimitives.ReadUInt32LittleEndian(table.Span);
        table = table[4..];
        while (rows.Count < Math.Min(count, (uint)max))
        {
            var row = new MapiProperties(table, oem);
            if (!row.Complete) break;
            rows.Add(row);
            table = table[row.Length..];
        }
        return rows;
    }

    internal ReadOnlyMemory<byte> Binary(int id) => _values.TryGetValue(id, out var p) ? Binary(p) : default;

    internal ReadOnlyMemory<byte> Binary(MapiName name) => _named.TryGetValue(name, out var p) ? Binary(p) : default;

    internal int? Number(int id) => _values.TryGetValue(id, out var p) ? Number(p) : null;

    internal int? Number(MapiName name) => _named.TryGetValue(name, out var p) ? Number(p) : null;

    internal string? Text(int id) => _values.TryGetValue(id, out var p) ? Text(p) : null;

    internal string? Text(MapiName name) => _named.TryGetValue(name, out var p) ? Text(p) : null;

    internal bool Flag(MapiName name) => _named.TryGetValue(name, out var p) && p.Type == 0x0B && p.Value.Span[0] != 0;

    /// <summary>UTC.</summary>
    internal DateTime? Time(int id) => _values.TryGetValue(id, out var p) ? Time(p) : null;

    /// <summary>UTC.</summary>
    internal DateTime? Time(MapiName name) => _named.TryGetValue(name, out var p) ? Time(p) : null;

    private static ReadOnlyMemory<byte> Binary((int Type, ReadOnlyMemory<byte> Value) p)
    {
        return p.Type switch
        {
            0x0102 => p.Value,
            0x000D => p.Value.Length > 16 && !TnefReader.IsTnef(p.Value.Span[16..]) ? p.Value[16..] : p.Value,
            _ => default,
        };
    }

    private static int? Number((int Type, ReadOnlyMemory<byte> Value) p) => p.Type is 2 or 3 && p.Value.Length >= 4 ? BinaryPrimitives.ReadInt32LittleEndian(p.Value.Span) : null;

    private string? Text((int Type, ReadOnlyMemory<byte> Value) p)
    {
        var text = p.Type switch
        {
            0x001F => Encoding.Unicode.GetString(p.Value.Span),
            0x001E => Charsets.Decode(p.Value.Span, _oem.WebName),
            _ => null,
        };
        return text?.TrimEnd('\0');
    }

    // PtypTime: 100 nanoseconds since 1601. Outlook's "no time" is the year 4501.
    private static DateTime? Time((int Type, ReadOnlyMemory<byte> Value) p)
    {
        if (p.Type != 0x40) return null;
        var ticks = BinaryPrimitives.ReadInt64LittleEndian(p.Value.Span);
        return ticks > 0 && ticks < NoTime ? DateTime.FromFileTimeUtc(ticks) : null;
    }

    private static int FixedSize(int type) => type switch
    {
        2 or 3 or 4 or 0x0A or 0x0B => 4,
        5 or 6 or 7 or 0x14 or 0x40 => 8,
        0x48 => 16,
        _ => -1,
    };

    private bool Read(ReadOnlyMemory<byte> content)
    {
        var s = content.Span;
        if (s.Length < 4) return false;
        var count = BinaryPrimitives.ReadUInt32LittleEndian(s);
        var at = 4;
        for (var n = 0; n < count && n < MaxProperties; n++)
        {
            if (at + 4 > s.Length) return false;
            var type = BinaryPrimitives.ReadUInt16LittleEndian(s[at..]);
            var id = BinaryPrimitives.ReadUInt16LittleEndian(s[(at + 2)..]);
            at += 4;
            MapiName? name = null;
            if (id >= FirstNamed && !ReadName(s, ref at, out name)) return false;
            if (!ReadValues(content, type, id, name, ref at)) return false;
        }
        Length = at;
        return true;
    }

    // Properties named by a text are nobody's here.
    private static bool ReadName(ReadOnlySpan<byte> s, ref int at, out MapiName? name)
    {
        name = null;
        if (at + 24 > s.Length) return false;
        var set = new Guid(s.Slice(at, 16));
        var kind = BinaryPrimitives.ReadUInt32LittleEndian(s[(at + 16)..]);
        at += 20;
        if (kind == 0)
        {
            name = new MapiName(set, BinaryPrimitives.ReadInt32LittleEndian(s[at..]));
            at += 4;
            return true;
        }
        var length = BinaryPrimitives.ReadUInt32LittleEndian(s[at..]);
        at += 4;
        return Skip(s, ref at, length);
    }

    private static bool Skip(ReadOnlySpan<byte> s, ref int at, uint length)
    {
        if (length > s.Length - at) return false;
        at = (int)Math.Min(s.Length, at + ((long)length + 3 & ~3L)); // padded to four octets
        return true;
    }

    private bool ReadValues(ReadOnlyMemory<byte> content, int type, int id, MapiName? name, ref int at)
    {
        var s = content.Span;
        var many = (type & 0x1000) != 0;
        var single = type & 0xFFF;
        var size = FixedSize(single);
        uint values = 1;
        if (many || size < 0)
        {
            if (single == 1) return true; // PT_NULL
            if (at + 4 > s.Length) return false;
            values = BinaryPrimitives.ReadUInt32LittleEndian(s[at..]);
            at += 4;
        }
        for (uint v = 0; v < values; v++)
        {
            var length = (uint)size;
            if (size < 0)
            {
                if (at + 4 > s.Length) return false;
                length = BinaryPrimitives.ReadUInt32LittleEndian(s[at..]);
                at += 4;
            }
            var start = at;
            if (!Skip(s, ref at, length)) return false;
            if (many || v != 0) continue;
            if (name is { } known) _named[known] = (single, content.Slice(start, (int)length));
            else if (id < FirstNamed) _values[id] = (single, content.Slice(start, (int)length));
        }
        return true;
    }
}
