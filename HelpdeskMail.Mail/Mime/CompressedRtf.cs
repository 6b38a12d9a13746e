using System.Buffers.Binary;
using System.Text;

namespace HelpdeskMail.Mail.Mime;

/// <summary>LZFu, MS-OXRTFCP: how TNEF holds its RTF body. At most 17 octets come out of 2, so memory stays in proportion to the mail.</summary>
internal static class CompressedRtf
{
    private const uint Lzfu = 0x75465A4C;
    private const uint Mela = 0x414C454D;
    private const int WindowSize = 4096;

    private static readonly byte[] Start = Encoding.ASCII.GetBytes(
        "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx");

    /// <summary>Null when the stream is none of the two kinds.</summary>
    internal static byte[]? Decompress(ReadOnlySpan<byte> s)
    {
        if (s.Length < 16) return null;
        var rawSize = BinaryPrimitives.ReadUInt32LittleEndian(s[4..]);
        var kind = BinaryPrimitives.ReadUInt32LittleEndian(s[8..]);
        s = s[16..];
        if (kind == Mela) return s[..(int)Math.Min(rawSize, (uint)s.Length)].ToArray();
        return kind == Lzfu ? Expand(s, (int)Math.Min(rawSize, (long)s.Length * 17)) : null;
    }

    private static byte[] Expand(ReadOnlySpan<byte> s, int limit)
    {
        var window = new byte[WindowSize];
        Start.CopyTo(window, 0);
        var end = Start.Length;
        var output = new List<byte>(Math.Min(limit, s.Length * 4));
        var at = 0;
        while (at < s.Length)
        {
            var flags = s[at++];
            for (var bit = 0; bit < 8 && at < s.Length; bit++, flags >>= 1)
            {
                if ((flags & 1) == 0)
                {
                    Put(s[at++]);
                    continue;
                }
                if (at + 1 >= s.Length) return [.. output];
                var reference = s[at] << 8 | s[at + 1];
                at += 2;
                var offset = reference >> 4;
                if (offset == end) return [.. output]; // the end mark
                for (var n = (reference & 15) + 2; n > 0; n--, offset = (offset + 1) % WindowSize) Put(window[offset]);
            }
            if (output.Count >= limit + 17) break;
        }
        return output.Count > limit ? [.. output.Take(limit)] : [.. output];

        void Put(byte b)
        {
            output.Add(b);
            window[end] = b;
            end = (end + 1) % WindowSize;
        }
    }
}
