using System.Buffers;
using System.Buffers.Text;

namespace HelpdeskMail.Mail.Mime;

/// <summary>Base64 of RFC 2045 §6.8 as it is met: foreign octets are passed over, padding may be missing or stand in the middle.</summary>
internal static class Base64
{
    /// <summary>Octets gathered without line breaks before a vectorised decode; divisible by 4, and enough for a loop that runs before it is optimised to be replaced.</summary>
    private const int Compact = 3 * 16384;

    private static readonly sbyte[] Values = BuildValues();

    internal static bool IsAlphabet(byte b) => Values[b] >= 0;

    internal static int ValueOf(byte b) => Values[b];

    internal static int MaxDecoded(int encoded) => (int)((long)encoded * 3 / 4) + 3;

    /// <summary>Decodes into <paramref name="to"/>, which holds at least <see cref="MaxDecoded"/>; returns the number of octets.</summary>
    internal static int Decode(ReadOnlySpan<byte> s, Span<byte> to)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Compact);
        var held = 0;
        var written = 0;
        var at = 0;
        while (at < s.Length)
        {
            // Lines are gathered whole; a line with anything foreign in it shows when the block is decoded.
            var rest = s[at..];
            var stop = rest.IndexOf((byte)'\n');
            var next = stop < 0 ? s.Length : at + stop + 1;
            var end = stop < 0 ? rest.Length : stop;
            if (end > 0 && rest[end - 1] == '\r') end--;
            var line = rest[..end];
            while (!line.IsEmpty)
            {
                var take = Math.Min(line.Length, Compact - held);
                line[..take].CopyTo(buffer.AsSpan(held));
                held += take;
                line = line[take..];
                if (held < Compact) continue;
                if (!Regular(buffer.AsSpan(0, held), to, ref written)) return Finish(buffer, Tolerant(s, to));
                held = 0;
            }
            at = next;
        }
        if (held > 0 && !Regular(buffer.AsSpan(0, held), to, ref written)) return Finish(buffer, Tolerant(s, to));
        return Finish(buffer, written);
    }

    private static int Finish(byte[] buffer, int n)
    {
        ArrayPool<byte>.Shared.Return(buffer);
        return n;
    }

    private static bool Regular(ReadOnlySpan<byte> block, Span<byte> to, ref int written)
    {
        var status = System.Buffers.Text.Base64.DecodeFromUtf8(block, to[written..], out var consumed, out var n);
        written += n;
        return status == OperationStatus.Done && consumed == block.Length;
    }

    private static int Tolerant(ReadOnlySpan<byte> s, Span<byte> to)
    {
        var written = 0;
        uint quantum = 0;
        var have = 0;
        for (var i = 0; i < s.Length; i++)
        {
            var v = Values[s[i]];
            if (v >= 0)
            {
                quantum = quantum << 6 | (byte)v;
                if (++have < 4) continue;
                to[written++] = (byte)(quantum >> 16);
                to[written++] = (byte)(quantum >> 8);
                to[written++] = (byte)quantum;
                quantum = 0;
                have = 0;
            }
            else if (s[i] == '=')
            {
                written = Flush(to, written, quantum, have);
                quantum = 0;
                have = 0;
                if (EndsHere(s, i + 1)) break;
            }
        }
        return Flush(to, written, quantum, have);
    }

    private static int Flush(Span<byte> to, int written, uint quantum, int have)
    {
        if (have == 2) to[written++] = (byte)(quantum >> 4);
        if (have == 3)
        {
            to[written++] = (byte)(quantum >> 10);
            to[written++] = (byte)(quantum >> 2);
        }
        return written;
    }

    // After padding more base64 may follow (streams joined by a gateway); prose (a list's footer) may not be decoded as if it were.
    private static bool EndsHere(ReadOnlySpan<byte> s, int at)
    {
        while (at < s.Length && (Octets.IsBlank(s[at]) || s[at] == '=')) at++;
        if (at < s.Length && !Octets.IsWhite(s[at]) && s[at - 1] != '=') return true; // "QUJD= ignored"
        while (at < s.Length && (Octets.IsWhite(s[at]) || s[at] == '=')) at++;
        if (at >= s.Length) return true;
        foreach (var b in s[at..Math.Min(s.Length, at + 24)])
        {
            if (b is (byte)'\r' or (byte)'\n') return false;
            if (Values[b] < 0 && b != '=') return true;
        }
        return false;
    }

    private static sbyte[] BuildValues()
    {
        var values = new sbyte[256];
        Array.Fill(values, (sbyte)-1);
        for (var i = 0; i < 64; i++) values["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[i]] = (sbyte)i;
        return values;
    }
}
