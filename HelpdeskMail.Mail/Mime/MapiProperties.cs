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

    private const int MaxProperties = 10_000;
    private const int FirstNamed = 0x8000;

    private readonly Dictionary<int, (int Type, ReadOnlyMemory<byte> Value)> _values = [];
    private readonly Encoding _oem;

    internal MapiProperties(ReadOnlyMemory<byte> content, Encoding oem)
    {
        _oem = oem;
        Complete = Read(content);
    }

    internal bool Complete { get; }

    internal ReadOnlyMemory<byte> Binary(int id)
    {
        if (!_values.TryGetValue(id, out var p)) return default;
        return p.Type switch
        {
            0x0102 => p.Value,
            0x000D => p.Value.Length > 16 && !TnefReader.IsTnef(p.Value.Span[16..]) ? p.Value[16..] : p.Value,
            _ => default,
        };
    }

    internal int? Number(int id) => _values.TryGetValue(id, out var p) && p.Type is 2 or 3 && p.Value.Length >= 4 ? BinaryPrimitives.ReadInt32LittleEndian(p.Value.Span) : null;

    internal string? Text(int id)
    {
        if (!_values.TryGetValue(id, out var p)) return null;
        var text = p.Type switch
        {
            0x001F => Encoding.Unicode.GetString(p.Value.Span),
            0x001E => Charsets.Decode(p.Value.Span, _oem.WebName),
            _ => null,
        };
        return text?.TrimEnd('\0');
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
            if (id >= FirstNamed && !SkipName(s, ref at)) return false;
            if (!ReadValues(content, type, id, ref at)) return false;
        }
        return true;
    }

    private static bool SkipName(ReadOnlySpan<byte> s, ref int at)
    {
        if (at + 24 > s.Length) return false;
        var kind = BinaryPrimitives.ReadUInt32LittleEndian(s[(at + 16)..]);
        at += 20;
        if (kind == 0)
        {
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

    private bool ReadValues(ReadOnlyMemory<byte> content, int type, int id, ref int at)
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
            if (!many && v == 0) _values[id] = (single, content.Slice(start, (int)length));
        }
        return true;
    }
}
